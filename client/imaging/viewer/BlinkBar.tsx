import { IconArrowsExchange, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Blink } from './useBlink.ts'
import classes from './ViewerScreen.module.css'

/** While the two pictures take turns: halt them, and change them by hand. */
export function BlinkBar({ blink }: { blink: Blink }) {
  const { t } = useTranslation('viewer')
  const Run = blink.running ? IconPlayerPause : IconPlayerPlay
  return (
    <div className={classes.blinkBar} role="group" aria-label={t('modes.blink')}>
      <button type="button" className={classes.blinkButton} onClick={blink.turn}>
        <IconArrowsExchange size={18} stroke={1.75} aria-hidden />
        {t('blink.turn')}
      </button>
      <button
        type="button"
        className={classes.blinkButton}
        onClick={() => {
          blink.run(!blink.running)
        }}
      >
        <Run size={18} stroke={1.75} aria-hidden />
        {blink.running ? t('blink.halt') : t('blink.run')}
      </button>
    </div>
  )
}
