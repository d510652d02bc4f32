import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { ConsultId } from '#shared/ids.ts'
import type { Snapshot } from '#shared/imaging.ts'
import { readShownImage, readShownPicture } from '#shared/imaging-compare.ts'
import { addressOf } from '../../platform/api.ts'
import { read } from '../../platform/query.ts'
import { Loaded } from '../../ui/index.ts'
import { AskBeforeShowing } from '../recognition/guard/AskBeforeShowing.tsx'
import { useCover } from '../recognition/guard/cover.ts'
import { BlinkBar } from '../viewer/BlinkBar.tsx'
import { useBlink } from '../viewer/useBlink.ts'
import classes from './compare.module.css'
import { CompareStage } from './CompareStage.tsx'
import type { TogetherView } from './together.ts'

interface SharedComparisonProps {
  consultId: ConsultId
  now: Snapshot
  view: TogetherView
  /** The patient would rather not see the earlier picture. */
  onNotNow: () => void
}

/** For the patient: an earlier picture of theirs with the present one, as the doctor looks at both. */
export function SharedComparison({ consultId, now, view, onNotNow }: SharedComparisonProps) {
  const { earlierId, homography, mode, share } = view.comparison
  const params = { consultId, snapshotId: earlierId }
  const query = useQuery(read(readShownPicture, { params }))
  const cover = useCover(query.data)
  const { t } = useTranslation('history')
  const blink = useBlink(mode === 'blink')
  return (
    <Loaded query={query}>
      {(earlier) =>
        cover ? (
          <AskBeforeShowing key={earlierId} id={earlierId} cover={cover} onNotNow={onNotNow} />
        ) : (
          <>
            <CompareStage
              key={earlierId}
              now={now}
              earlier={earlier}
              earlierSource={addressOf(readShownImage, { params })}
              homography={homography}
              mode={homography ? mode : 'both'}
              share={share}
              blinksEarlier={blink.side === 'original'}
              seen={view.rect}
            />
            {homography && <p className={classes.caveat}>{t('compare.notice')}</p>}
            {mode === 'blink' && <BlinkBar blink={blink} />}
          </>
        )
      }
    </Loaded>
  )
}
