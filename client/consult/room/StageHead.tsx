import { useTranslation } from 'react-i18next'
import { useNow } from '../../platform/time.ts'
import { StatusWord } from '../../ui/index.ts'
import type { CallState } from '../call/call-state.ts'
import { qualityWord } from './quality-word.ts'
import classes from './Stage.module.css'

interface StageHeadProps {
  /** The other person. */
  name: string
  call: CallState
  startedAt: number | null
  otherQuality: CallState['quality']
}

/** Who is there, for how long, and how good both lines are. */
export function StageHead({ name, call, startedAt, otherQuality }: StageHeadProps) {
  const { t } = useTranslation('consult')
  return (
    <header className={classes.head}>
      <div className={classes.who}>
        <h1 className={classes.whoName}>{name}</h1>
        {startedAt !== null && <Length since={startedAt} />}
      </div>
      <div className={classes.lines}>
        {call.quality && (
          <span className={classes.line}>
            {t('quality.yours')} <StatusWord {...qualityWord(call.quality, call.soundOnly, t)} />
          </span>
        )}
        {otherQuality && (
          <span className={classes.line}>
            {t('quality.theirs', { name })} <StatusWord {...qualityWord(otherQuality, false, t)} />
          </span>
        )}
      </div>
    </header>
  )
}

function Length({ since }: { since: number }) {
  const { t } = useTranslation('consult')
  const at = useNow(1000)
  const length = clockOf(at - since)
  return (
    <span className={classes.length} role="timer" aria-label={t('room.length', { length })}>
      {length}
    </span>
  )
}

/** 4:07, 1:02:33 */
function clockOf(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const two = (value: number) => String(value).padStart(2, '0')
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor(seconds / 60) % 60
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`
}
