import { useTranslation } from 'react-i18next'
import type { Snapshot } from '#shared/imaging.ts'
import type { CallSession } from '../../consult/call/CallSession.ts'
import { useCall } from '../../consult/call/useCall.ts'
import { inRow } from '../../platform/lists.ts'
import { SavingButton, StatusWord } from '../../ui/index.ts'
import classes from './SnapshotQuality.module.css'
import { useAskForPicture } from './useAskForPicture.ts'

interface SnapshotQualityProps {
  session: CallSession
  snapshot: Snapshot
  patient: string
}

/** What speaks against a picture, and the doctor's way to a better one. Nothing, for a good picture. */
export function SnapshotQuality({ session, snapshot, patient }: SnapshotQualityProps) {
  const { t } = useTranslation('capture')
  const { view } = useCall(session)
  const ask = useAskForPicture(session, patient)
  const reasons = snapshot.quality?.reasons ?? []
  const [first] = reasons
  if (first === undefined) return null
  const canAsk = view?.state === 'live' && snapshot.origin !== 'doctor'
  return (
    <div className={classes.quality}>
      <StatusWord tone="caution">{inRow(reasons.map((reason) => t(`reason.${reason}`)))}</StatusWord>
      {canAsk && (
        <SavingButton
          variant="subtle"
          size="compact-sm"
          saving={ask.isPending}
          rests={view.snapshotRequest !== null}
          onClick={() => {
            ask.mutate(first)
          }}
        >
          {t('askAgain')}
        </SavingButton>
      )}
    </div>
  )
}
