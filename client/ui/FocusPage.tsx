import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'react-router'
import { ConnectionBar } from './ConnectionBar.tsx'
import classes from './FocusPage.module.css'
import { Logo } from './Logo.tsx'
import { PersonAvatar } from './PersonAvatar.tsx'
import { ColourSwitch, LanguageSwitch } from './Preferences.tsx'
import { useInheritedFocus } from './use-inherited-focus.ts'

interface FocusPageProps {
  /** The clinic's name; the product's stands in its place until it is known. */
  clinic?: string | undefined
  /** Who the visit is with: always in sight. */
  person?: { name: string; role: string; picture?: string | undefined } | undefined
  /** A wider column, for a large camera picture. */
  wide?: boolean
  children: ReactNode
}

/** A page for one thing at a time, phone first: the clinic, the doctor's face, one column. */
export function FocusPage({ clinic, person, wide = false, children }: FocusPageProps) {
  const { t } = useTranslation()
  const { key } = useLocation()
  // What led here, such as the call, is gone. Who opens the address anew begins at its top.
  const content = useInheritedFocus<HTMLElement>(key, key !== 'default')
  return (
    <div className={classes.page}>
      <header className={classes.bar}>
        <span className={classes.clinic}>
          <Logo size={24} name={t('product')} />
          <span className={classes.name}>{clinic ?? t('product')}</span>
        </span>
        <LanguageSwitch />
        <ColourSwitch />
      </header>
      <ConnectionBar />
      <main ref={content} tabIndex={-1} className={classes.main} data-wide={wide || undefined}>
        {person && (
          <div className={classes.person}>
            <PersonAvatar name={person.name} src={person.picture} size={44} />
            <div>
              <div className={classes.personName}>{person.name}</div>
              <div className={classes.personRole}>{person.role}</div>
            </div>
          </div>
        )}
        {children}
      </main>
    </div>
  )
}
