import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { inRow, inSentences } from '../../platform/lists.ts'
import { Notice } from '../../ui/index.ts'
import classes from './PictureReview.module.css'
import { reasonsOf, type Taken } from './taken.ts'

/** The picture before it is sent, and in words what could be better. */
export function PictureReview({ taken }: { taken: Taken }) {
  const { t } = useTranslation('capture')
  const image = useRef<HTMLImageElement>(null)
  useEffect(() => {
    const address = URL.createObjectURL(taken.picture)
    if (image.current) image.current.src = address
    return () => {
      URL.revokeObjectURL(address)
    }
  }, [taken])
  const reasons = reasonsOf(taken)
  return (
    <div className={classes.review}>
      <img ref={image} alt={t('review.alt')} className={classes.picture} />
      {reasons.length > 0 ? (
        <Notice tone="caution" title={inRow(reasons.map((reason) => t(`reason.${reason}`)))}>
          {inSentences(...reasons.map((reason) => t(`mend.${reason}`)))}
        </Notice>
      ) : (
        <Notice tone="good">{t('review.good')}</Notice>
      )}
    </div>
  )
}
