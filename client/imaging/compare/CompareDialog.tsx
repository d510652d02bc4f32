import { Modal } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Snapshot } from '#shared/imaging.ts'
import { darkVariables } from '../../ui/dark-variables.ts'
import { useFocusBack } from '../../ui/index.ts'
import { AskBeforeShowing } from '../recognition/guard/AskBeforeShowing.tsx'
import { useCover } from '../recognition/guard/cover.ts'
import { darkScheme } from '../viewer/dark-scheme.ts'
import classes from './compare.module.css'
import { CompareScreen } from './CompareScreen.tsx'
import { EarlierPictures } from './EarlierPictures.tsx'
import type { Together } from './together.ts'

interface CompareDialogProps {
  snapshot: Snapshot
  /** Null: there is nobody to show it to. */
  together: Together | null
  onClose: () => void
}

/** Over everything else: first an earlier picture is chosen, then both are looked at. */
export function CompareDialog({ snapshot, together, onClose }: CompareDialogProps) {
  useFocusBack()
  const { t } = useTranslation('history')
  const [earlier, setEarlier] = useState<Snapshot | null>(null)
  const coverNow = useCover(snapshot)
  const cover = useCover(earlier ?? undefined)
  const another = () => {
    setEarlier(null)
  }
  return (
    <Modal.Root opened onClose={onClose} fullScreen lockScroll={false}>
      <Modal.Content
        className={classes.content ?? ''}
        style={{ ...darkScheme, ...darkVariables }}
        data-mantine-color-scheme="dark"
        data-fill
        aria-label={t('compare.title')}
      >
        <Modal.Body className={classes.body ?? ''}>
          {coverNow ? (
            <AskBeforeShowing key={snapshot.id} id={snapshot.id} cover={coverNow} onNotNow={onClose} />
          ) : earlier && cover ? (
            <AskBeforeShowing key={earlier.id} id={earlier.id} cover={cover} onNotNow={another} />
          ) : earlier ? (
            <CompareScreen
              key={earlier.id}
              now={snapshot}
              earlier={earlier}
              together={together}
              onAnother={another}
              onClose={onClose}
            />
          ) : (
            <EarlierPictures snapshot={snapshot} onChoose={setEarlier} onClose={onClose} />
          )}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}
