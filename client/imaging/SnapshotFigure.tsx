import { Skeleton, UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { readSnapshotImage, type Snapshot } from '#shared/imaging.ts'
import { addressOf } from '../platform/api.ts'
import { formatTime } from '../platform/time.ts'
import { useCover } from './recognition/guard/cover.ts'
import { Covered } from './recognition/guard/Covered.tsx'
import classes from './Snapshots.module.css'

/** A small one to show in its place, a twentieth of the bytes. */
const smaller = { original: 'preview', enhanced: 'thumbnail' } as const
interface SnapshotFigureProps {
  snapshot: Snapshot
  variant: 'original' | 'enhanced'
  /** Its turn to be loaded has come. */
  due: boolean
  onLoad?: () => void
  onOpen: () => void
}

/** One of the two pictures, always with its word. */
export function SnapshotFigure({ snapshot, variant, due, onLoad, onOpen }: SnapshotFigureProps) {
  const { t } = useTranslation('imaging')
  const { state } = snapshot
  const { t: guard } = useTranslation('guard')
  const cover = useCover(snapshot)
  const name = t(`alt.${variant}`, { time: formatTime(snapshot.takenAt) })
  return (
    <figure className={classes.figure}>
      {due ? (
        <Covered id={snapshot.id} cover={cover} name={name}>
          <UnstyledButton className={classes.open ?? ''} onClick={onOpen} aria-haspopup="dialog">
            <img
              src={addressOf(readSnapshotImage, {
                params: { snapshotId: snapshot.id, variant: smaller[variant] },
              })}
              alt={cover === null ? name : guard('alt', { name })}
              width={snapshot.width}
              height={snapshot.height}
              className={classes.image}
              data-upright={snapshot.height > snapshot.width || undefined}
              decoding="async"
              onLoad={onLoad}
            />
          </UnstyledButton>
        </Covered>
      ) : (
        <div className={classes.open}>
          {variant === 'enhanced' && state === 'failed' ? (
            <div className={classes.waiting} />
          ) : (
            <Skeleton className={classes.waiting ?? ''} />
          )}
        </div>
      )}
      <figcaption className={classes.caption}>
        {t(variant)}
        {variant === 'enhanced' && state === 'processing' && (
          <span role="status"> · {t('state.processing')}</span>
        )}
        {variant === 'enhanced' && state === 'failed' && <span> · {t('state.none')}</span>}
      </figcaption>
    </figure>
  )
}
