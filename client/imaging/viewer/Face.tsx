import { useTranslation } from 'react-i18next'
import type { CallSession } from '../../consult/call/CallSession.ts'
import { useCall } from '../../consult/call/useCall.ts'
import { OwnPicture } from '../../consult/room/OwnPicture.tsx'
import { TileName, VideoTile } from '../../consult/VideoTile.tsx'

/** The other one's live picture, small, over the picture that is looked at: nobody is left alone with it. */
export function Face({ session }: { session: CallSession }) {
  const { t } = useTranslation('viewer')
  const { view, remotes } = useCall(session)
  const other = view?.participants.find(({ participantId }) => participantId !== view.self)
  if (!other) return null
  const { displayName: name } = other
  const remote = remotes.find(({ participantId }) => participantId === other.participantId) ?? remotes[0]
  const label = t('face', { name })
  return (
    <OwnPicture label={label} at="top-end">
      {/* The sound comes from the large picture, which is still there behind the viewer. */}
      <VideoTile
        name={name}
        label={label}
        video={remote?.camera?.track ?? null}
        dark={remote?.camera?.paused ?? true}
        muted
      >
        <TileName name={name} silent={remote?.microphone?.paused ?? false} />
      </VideoTile>
    </OwnPicture>
  )
}
