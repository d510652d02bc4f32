import { IconCamera, IconShieldCheck, IconVideo } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Logo } from '../ui/Logo.tsx'
import { ColourSwitch, LanguageSwitch } from '../ui/Preferences.tsx'
import classes from './SignInFrame.module.css'

/** The sign-in page's two halves: what Bedside promises, and the form. */
export function SignInFrame({ children }: { children: ReactNode }) {
  const { t } = useTranslation(['identity', 'common'])
  return (
    <div className={classes.frame}>
      <aside className={classes.promise}>
        <Doorway />
        <div className={classes.words}>
          <p className={classes.headline}>{t('signIn.promise')}</p>
          <ul className={classes.list}>
            <li>
              <IconVideo size={20} stroke={1.75} aria-hidden />
              {t('signIn.promiseVideo')}
            </li>
            <li>
              <IconCamera size={20} stroke={1.75} aria-hidden />
              {t('signIn.promisePicture')}
            </li>
            <li>
              <IconShieldCheck size={20} stroke={1.75} aria-hidden />
              {t('signIn.promisePrivacy')}
            </li>
          </ul>
        </div>
      </aside>
      <div className={classes.side}>
        <header className={classes.head}>
          <Logo size={28} withName name={t('common:product')} />
          <span className={classes.switches}>
            <LanguageSwitch />
            <ColourSwitch />
          </span>
        </header>
        <main className={classes.main}>{children}</main>
      </div>
    </div>
  )
}

/** The mark, large: the b whose bowl is a doorway, and the light of a lamp falling through it. */
function Doorway() {
  return (
    <svg className={classes.doorway} viewBox="0 0 320 520" fill="none" aria-hidden>
      <path className={classes.floor} d="M46 372H226L312 520H-60z" />
      <path className={classes.light} d="M40 366V246a93 93 0 0 1 186 0V366z" />
      <path className={classes.line} d="M40 12V366H226V246a93 93 0 0 0-186 0" />
    </svg>
  )
}
