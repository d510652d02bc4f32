import { useTranslation } from 'react-i18next'
import { readSnapshotImage, type Snapshot } from '#shared/imaging.ts'
import { addressOf } from '../../platform/api.ts'
import { formatDate } from '../../platform/time.ts'
import { useCover } from '../recognition/guard/cover.ts'
import { Covered } from '../recognition/guard/Covered.tsx'
import classes from './sites.module.css'

interface ThumbnailProps {
  picture: Snapshot
  /** The one that is shown large now. */
  current?: boolean
  onChoose: () => void
}

/** A small picture with its day; covered where it may be sensitive. */
export function Thumbnail({ picture, current, onChoose }: ThumbnailProps) {
  const { t } = useTranslation('history')
  const { t: guard } = useTranslation('guard')
  const cover = useCover(picture)
  const date = formatDate(picture.takenAt)
  const name = t('series.picture', { date })
  const variant = picture.state === 'ready' ? 'thumbnail' : 'preview'
  return (
    <div className={classes.thumbnail}>
      <Covered id={picture.id} cover={cover} name={name}>
        <button
          type="button"
          className={classes.open}
          aria-label={cover === null ? name : guard('alt', { name })}
          {...(current === undefined ? {} : { 'aria-pressed': current })}
          onClick={onChoose}
        >
          <img
            src={addressOf(readSnapshotImage, { params: { snapshotId: picture.id, variant } })}
            alt=""
            className={classes.image}
            data-upright={picture.height > picture.width || undefined}
            loading="lazy"
          />
        </button>
      </Covered>
      <span className={classes.day}>{date}</span>
    </div>
  )
}
