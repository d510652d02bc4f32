import { Modal } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import type { SnapshotId } from '#shared/ids.ts'
import type { Snapshot } from '#shared/imaging.ts'
import type { CallSession } from '../../consult/call/CallSession.ts'
import { darkVariables } from '../../ui/dark-variables.ts'
import { AskBeforeShowing } from '../recognition/guard/AskBeforeShowing.tsx'
import { useCover } from '../recognition/guard/cover.ts'
import { darkScheme } from './dark-scheme.ts'
import type { ViewerRole } from './tools.ts'
import type { Follower } from './useFollower.ts'
import classes from './ViewerScreen.module.css'

const ViewerScreen = lazy(async () => ({ default: (await import('./ViewerScreen.tsx')).ViewerScreen }))

export interface ViewerProps {
  /** Newest first. */
  snapshots: readonly Snapshot[]
  /** Null: closed. */
  shown: SnapshotId | null
  role: ViewerRole
  /** Null in the chart: there is nobody to look at it together with. */
  session: CallSession | null
  /** The patient's way to see what the doctor shows. */
  follower: Follower | null
  onShow: (id: SnapshotId) => void
  onClose: () => void
}

/** A picture as large as the screen allows, dark around it, its word always there. */
export function Viewer({ shown, ...rest }: ViewerProps) {
  const { t } = useTranslation('imaging')
  const snapshot = rest.snapshots.find(({ id }) => id === shown)
  const cover = useCover(snapshot)
  return (
    <Modal.Root
      opened={snapshot !== undefined}
      onClose={rest.onClose}
      fullScreen
      lockScroll={false}
      closeOnEscape={false}
    >
      <Modal.Content
        className={classes.content ?? ''}
        style={{ ...darkScheme, ...darkVariables }}
        data-mantine-color-scheme="dark"
        data-fill
        aria-label={t('viewer.title')}
      >
        <Modal.Body className={classes.body ?? ''}>
          <Suspense fallback={null}>
            {snapshot && cover !== null && (
              <AskBeforeShowing key={snapshot.id} id={snapshot.id} cover={cover} onNotNow={rest.onClose} />
            )}
            {snapshot && cover === null && <ViewerScreen snapshot={snapshot} {...rest} />}
          </Suspense>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}
