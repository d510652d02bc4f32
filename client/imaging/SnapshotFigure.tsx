import { Skeleton, UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { readSnapshotImage, type Snapshot } from '#shared/imaging.ts'
import { addressOf } from '../platform/api.ts'
import { formatTime } from '../platform/time.ts'
import classes from './Snapshots.module.css'

interface SnapshotFigureProps {
  snapshot: Snapshot
  variant: 'original' | 'enhanced'
  onOpen: () => void
}

/** One of the two pictures, always with its word. */
export function SnapshotFigure({ snapshot, variant, onOpen }: SnapshotFigureProps) {
  const { t } = useTranslation('imaging')
  const there = variant === 'original' || snapshot.state === 'ready'
  const time = formatTime(snapshot.takenAt)
  return (
    <figure className={classes.figure}>
      {there ? (
        <UnstyledButton className={classes.open ?? ''} onClick={onOpen} aria-haspopup="dialog">
          <img
            src={addressOf(readSnapshotImage, { params: { snapshotId: snapshot.id, variant } })}
            alt={t(`alt.${variant}`, { time })}
            width={snapshot.width}
            height={snapshot.height}
            className={classes.image}
            decoding="async"
          />
        </UnstyledButton>
      ) : (
        <div className={classes.open}>
          {snapshot.state === 'processing' ? (
            <Skeleton className={classes.waiting ?? ''} />
          ) : (
            <div className={classes.waiting} />
          )}
        </div>
      )}
      <figcaption className={classes.caption}>
        {t(variant)}
        {variant === 'enhanced' && snapshot.state === 'processing' && (
          <span role="status"> · {t('state.processing')}</span>
        )}
        {variant === 'enhanced' && snapshot.state === 'failed' && <span> · {t('state.none')}</span>}
      </figcaption>
    </figure>
  )
}
