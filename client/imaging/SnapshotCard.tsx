import { memo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Snapshot } from '#shared/imaging.ts'
import type { CallSession } from '../consult/call/CallSession.ts'
import { now } from '../platform/time.ts'
import { StatusWord, TimeText, useLate } from '../ui/index.ts'
import { SnapshotQuality } from './capture/SnapshotQuality.tsx'
import { PictureTypeHint } from './recognition/PictureTypeHint.tsx'
import { SnapshotFigure } from './SnapshotFigure.tsx'
import classes from './Snapshots.module.css'
import type { ViewerRole } from './viewer/tools.ts'

/** Small pictures are there when the picture is enhanced; whoever waits this long for that gets the original as it is. */
const patienceMs = 1500

interface SnapshotCardProps {
  session: CallSession
  snapshot: Snapshot
  role: ViewerRole
  /** The patient's name. */
  patient: string
  /** In a row above the patient's bar, without a word on its quality. */
  strip: boolean
  onOpen: (id: Snapshot['id']) => void
}

/** A picture as it was taken and as it was enhanced. News of the call, and of other pictures, leaves it alone. */
export const SnapshotCard = memo(function SnapshotCard(props: SnapshotCardProps) {
  const { session, snapshot, role, patient, strip, onOpen } = props
  const { t } = useTranslation('imaging')
  const { t: capture } = useTranslation('capture')
  // Since it was taken, not since it is looked at again.
  const [leftMs] = useState(() => Math.min(patienceMs, Math.max(0, snapshot.takenAt + patienceMs - now())))
  const late = useLate(leftMs) || leftMs === 0
  const [enhancedIsShown, setEnhancedIsShown] = useState(false)
  const { state } = snapshot
  // One after the other: what is waited for comes first.
  const due = { enhanced: state === 'ready', original: enhancedIsShown || late || state === 'failed' }
  return (
    <li className={classes.card}>
      <div className={classes.pair}>
        {(['original', 'enhanced'] as const).map((variant) => (
          <SnapshotFigure
            key={variant}
            snapshot={snapshot}
            variant={variant}
            due={due[variant]}
            {...(variant === 'enhanced' && {
              onLoad: () => {
                setEnhancedIsShown(true)
              },
            })}
            onOpen={() => {
              onOpen(snapshot.id)
            }}
          />
        ))}
      </div>
      <p className={classes.meta}>
        <TimeText at={snapshot.takenAt} as="time" /> ·{' '}
        {role === 'practitioner' && `${snapshot.width} × ${snapshot.height} · `}
        {capture(`origin.${snapshot.origin}`)}{' '}
        {role === 'practitioner' && <PictureTypeHint content={snapshot.content} />}
        {state === 'failed' && <StatusWord tone="caution">{t('state.failed')}</StatusWord>}
      </p>
      {!strip && <SnapshotQuality session={session} snapshot={snapshot} patient={patient} />}
    </li>
  )
})
