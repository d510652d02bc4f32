import { Skeleton, UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { readSnapshotImage, type Snapshot } from '#shared/imaging.ts'
import { addressOf } from '../platform/api.ts'
import { formatTime } from '../platform/time.ts'
import { useLate } from '../ui/index.ts'
import { useCover } from './recognition/guard/cover.ts'
import { Covered } from './recognition/guard/Covered.tsx'
import classes from './Snapshots.module.css'

/** A small one to show in its place, a twentieth of the bytes. */
const smaller = { original: 'preview', enhanced: 'thumbnail' } as const
/** Both small ones come when the picture is enhanced; whoever waits this long for that gets the original as it is. */
const patienceMs = 1500

interface SnapshotFigureProps {
  snapshot: Snapshot
  variant: 'original' | 'enhanced'
  onOpen: () => void
}

/** One of the two pictures, always with its word. */
export function SnapshotFigure({ snapshot, variant, onOpen }: SnapshotFigureProps) {
  const { t } = useTranslation('imaging')
  const late = useLate(patienceMs)
  const { state } = snapshot
  const there = variant === 'original' ? late || state !== 'processing' : state === 'ready'
  const { t: guard } = useTranslation('guard')
  const cover = useCover(snapshot)
  const name = t(`alt.${variant}`, { time: formatTime(snapshot.takenAt) })
  return (
    <figure className={classes.figure}>
      {there ? (
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
              decoding="async"
            />
          </UnstyledButton>
        </Covered>
      ) : (
        <div className={classes.open}>
          {state === 'processing' ? (
            <Skeleton className={classes.waiting ?? ''} />
          ) : (
            <div className={classes.waiting} />
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
