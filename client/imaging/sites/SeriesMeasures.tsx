import { useQueries } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Snapshot } from '#shared/imaging.ts'
import { listAnnotations } from '#shared/imaging-viewer.ts'
import { inRow } from '../../platform/lists.ts'
import { read } from '../../platform/query.ts'
import { formatDate, formatNumber } from '../../platform/time.ts'
import { Loading, useInheritedFocus } from '../../ui/index.ts'
import { FailedReading } from '../FailedReading.tsx'
import { Sparkline } from '../../records/Sparkline.tsx'
import { courseOf, measuresOf, type Measured } from './measures.ts'
import classes from './sites.module.css'

/** What people drew and measured on each picture of a series, oldest first. */
export function SeriesMeasures({ pictures }: { pictures: readonly Snapshot[] }) {
  const { t } = useTranslation('history')
  const answers = useQueries({
    queries: pictures.map(({ id }) => read(listAnnotations, { params: { snapshotId: id } })),
  })
  const rows = pictures.map((picture, at) => ({
    picture,
    ...measuresOf(answers[at]?.data?.annotations ?? [], picture),
  }))
  const measured = rows.filter(({ lengths, areas }) => lengths.length + areas.length > 0)
  const courses = (['lengths', 'areas'] as const).map((of) => ({
    of,
    points: courseOf(rows.map(({ picture, ...row }) => ({ at: picture.takenAt, measured: row[of] }))),
  }))
  const failed = answers.filter(({ isError, data }) => isError && data === undefined)
  const waits = answers.some(({ isPending }) => isPending)
  const section = useInheritedFocus<HTMLElement>(failed.length)
  return (
    <section ref={section} className={classes.measures} aria-label={t('measures.title')} tabIndex={-1}>
      <h3 className={classes.heading}>{t('measures.title')}</h3>
      {failed.length > 0 ? (
        <FailedReading
          error={failed[0]?.error}
          onRetry={() => {
            for (const { refetch } of failed) void refetch()
          }}
        />
      ) : waits ? (
        <Loading lines={2} />
      ) : measured.length === 0 ? (
        <p className={classes.hint}>{t('measures.none')}</p>
      ) : (
        <>
          {courses.map(
            ({ of, points }) =>
              points.length > 1 && (
                <p key={of} className={classes.course}>
                  <span>{t(of === 'lengths' ? 'measures.longest' : 'measures.largest')}</span>
                  <Sparkline lines={[points]} band={null} />
                  <span className="figures">{figure(points.at(-1)?.value ?? 0)}</span>
                </p>
              ),
          )}
          <table className={classes.table}>
            <thead>
              <tr>
                <th scope="col">{t('measures.date')}</th>
                <th scope="col">{t('measures.lengths')}</th>
                <th scope="col">{t('measures.areas')}</th>
              </tr>
            </thead>
            <tbody>
              {measured.map(({ picture, lengths, areas }) => (
                <tr key={picture.id}>
                  <th scope="row">{formatDate(picture.takenAt)}</th>
                  <td>{inWords('length', lengths)}</td>
                  <td>{inWords('area', areas)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <p className={classes.hint}>{t('measures.explain')}</p>
        </>
      )}
    </section>
  )

  function inWords(what: 'length' | 'area', values: readonly Measured[]): string {
    if (values.length === 0) return t('measures.noneHere')
    return inRow(
      values.map(({ value, unit }) => t(`measures.${what}.${unit}`, { value: figure(value, unit) })),
    )
  }
}

/** A hand on a screen is not more exact than this. */
function figure(value: number, unit: Measured['unit'] = 'mm'): string {
  return formatNumber(value, { maximumFractionDigits: unit === 'px' ? 0 : 1 })
}
