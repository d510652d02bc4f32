import type { Icon } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, NavLink, useLocation } from 'react-router'
import classes from './AppShell.module.css'
import { ConnectionBar } from './ConnectionBar.tsx'
import { Logo } from './Logo.tsx'
import { PersonMenu } from './PersonMenu.tsx'
import { ColourSwitch, LanguageSwitch } from './Preferences.tsx'
import { useInheritedFocus } from './use-inherited-focus.ts'

export interface Place {
  readonly to: string
  readonly label: string
  readonly icon: Icon
}

interface AppShellProps {
  /** The clinic's name. */
  clinic: string
  person: { name: string; role: string }
  /** Where this person can go, the home first. */
  places: readonly Place[]
  onSignOut: () => void
  children: ReactNode
}

/** The frame around every page of a signed-in person: clinic, places, person. On phones the places move under the thumb. */
export function AppShell({ clinic, person, places, onSignOut, children }: AppShellProps) {
  const { t } = useTranslation()
  const { key } = useLocation()
  // What led here, such as the sign-in, is gone. Who opens the address anew begins at its top.
  const content = useInheritedFocus<HTMLElement>(key, key !== 'default')
  return (
    <div className={classes.shell}>
      <a href="#content" className={classes.skip}>
        {t('skipToContent')}
      </a>
      <header className={classes.bar}>
        <Link to={places[0]?.to ?? '/'} className={classes.home}>
          <Logo size={26} name={t('product')} />
          <span className={classes.clinic}>{clinic}</span>
        </Link>
        <Places places={places} className={classes.places} />
        <div className={classes.right}>
          <span className={classes.switches}>
            <LanguageSwitch />
            <ColourSwitch />
          </span>
          <PersonMenu person={person} onSignOut={onSignOut} />
        </div>
      </header>
      <ConnectionBar />
      <main ref={content} id="content" tabIndex={-1} className={classes.main}>
        {children}
      </main>
      {places.length > 1 && <Places places={places} className={classes.tabs} />}
    </div>
  )
}

function Places({ places, className }: { places: readonly Place[]; className: string | undefined }) {
  const { t } = useTranslation()
  return (
    <nav aria-label={t('menu.main')} className={className}>
      {places.map(({ to, label, icon: PlaceIcon }) => (
        <NavLink key={to} to={to} className={classes.place ?? ''}>
          <PlaceIcon size={20} stroke={1.75} aria-hidden />
          <span>{label}</span>
        </NavLink>
      ))}
    </nav>
  )
}
