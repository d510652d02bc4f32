import { UnstyledButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SnapshotId } from '#shared/ids.ts'
import { readSnapshot, readSnapshotImage, type Snapshot } from '#shared/imaging.ts'
import { addressOf } from '../platform/api.ts'
import { read } from '../platform/query.ts'
import { formatDate } from '../platform/time.ts'
import { useCover } from './recognition/guard/cover.ts'
import { Covered } from './recognition/guard/Covered.tsx'
import classes from './Snapshots.module.css'
import { Viewer } from './viewer/Viewer.tsx'

interface SnapshotThumbnailProps {
  snapshotId: SnapshotId
  takenAt: number
  state: Snapshot['state']
  sensitive: boolean
  awaitsContent: boolean
}

/** An earlier picture in the chart; opens large. */
export function SnapshotThumbnail(props: SnapshotThumbnailProps) {
  const { snapshotId, takenAt, state, sensitive, awaitsContent } = props
  const { t } = useTranslation('imaging')
  const { t: guard } = useTranslation('guard')
  const cover = useCover({ id: snapshotId, content: { sensitive }, awaitsContent })
  const name = t('alt.of', { date: formatDate(takenAt) })
  const [opened, setOpened] = useState(false)
  const query = useQuery({ ...read(readSnapshot, { params: { snapshotId } }), enabled: opened })
  const variant = state === 'ready' ? 'thumbnail' : 'preview'
  return (
    <>
      <Covered id={snapshotId} cover={cover} name={name}>
        <UnstyledButton
          className={classes.open ?? ''}
          aria-haspopup="dialog"
          onClick={() => {
            setOpened(true)
          }}
        >
          <img
            src={addressOf(readSnapshotImage, { params: { snapshotId, variant } })}
            alt={cover === null ? name : guard('alt', { name })}
            className={classes.image}
            loading="lazy"
          />
        </UnstyledButton>
      </Covered>
      <Viewer
        snapshots={query.data ? [query.data] : []}
        shown={opened && query.data ? snapshotId : null}
        role="practitioner"
        session={null}
        follower={null}
        onShow={() => undefined}
        onClose={() => {
          setOpened(false)
        }}
      />
    </>
  )
}
