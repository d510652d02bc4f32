import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { audibleLevel } from '../call/device-state.ts'
import type { LevelMeter } from '../call/LevelMeter.ts'
import classes from './join.module.css'

interface LevelBarProps {
  meter: LevelMeter
  /** Something has been heard for the first time. */
  onHeard: () => void
}

/** How loud the microphone is right now. */
export function LevelBar({ meter, onHeard }: LevelBarProps) {
  const { t } = useTranslation('consult')
  const [level, setLevel] = useState(0)
  useEffect(
    () =>
      meter.on((next) => {
        setLevel(next)
        if (next >= audibleLevel) onHeard()
      }),
    [meter, onHeard],
  )
  const percent = Math.round(level * 100)
  return (
    <div
      className={classes.meter}
      role="meter"
      aria-label={t('check.level')}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      aria-valuetext={level >= audibleLevel ? t('check.levelHeard') : t('check.levelQuiet')}
    >
      <div className={classes.meterFill} style={{ transform: `scaleX(${level})` }} />
    </div>
  )
}
