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
    <svg className={classes.doorway} viewBox="0 0 360 420" fill="none" aria-hidden>
      <defs>
        <linearGradient id="floor" x1="0" y1="300" x2="0" y2="420" gradientUnits="userSpaceOnUse">
          <stop offset="0" stopColor="#F2A65A" stopOpacity="0.42" />
          <stop offset="1" stopColor="#F2A65A" stopOpacity="0" />
        </linearGradient>
        <radialGradient id="lamp" cx="198" cy="212" r="120" gradientUnits="userSpaceOnUse">
          <stop offset="0" stopColor="#FBD9AE" />
          <stop offset="1" stopColor="#F2A65A" />
        </radialGradient>
      </defs>
      <path fill="url(#floor)" d="M128 300H268L352 420H20z" />
      <path fill="url(#lamp)" d="M128 300V212a70 70 0 0 1 140 0V300z" />
      <path className={classes.line} d="M128 30V300H268V212a70 70 0 0 0-140 0" />
    </svg>
  )
}
