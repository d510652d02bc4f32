import { Button } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { PatientId, SnapshotId } from '#shared/ids.ts'
import { readSnapshotImage } from '#shared/imaging.ts'
import { listPatientPictures, type SeriesPicture } from '#shared/imaging-series.ts'
import type { BodySite } from '#shared/imaging-site.ts'
import { addressOf, call } from '../../platform/api.ts'
import { keyOf } from '../../platform/query.ts'
import { formatDate, formatDayTime } from '../../platform/time.ts'
import { Loaded, SavingButton } from '../../ui/index.ts'
import { CompareDialog } from '../compare/CompareDialog.tsx'
import { useCover } from '../recognition/guard/cover.ts'
import { Covered } from '../recognition/guard/Covered.tsx'
import { Viewer } from '../viewer/Viewer.tsx'
import { SeriesMeasures } from './SeriesMeasures.tsx'
import { SiteDialog } from './SiteDialog.tsx'
import classes from './sites.module.css'
import { Thumbnail } from './Thumbnail.tsx'

interface SeriesProps {
  patientId: PatientId
  /** Null: those of which nobody has said what they show. */
  site: BodySite | null
  /** Something has been opened over it, or closed. */
  onOver: (over: boolean) => void
}

/** All pictures of one site in their order of time: one large, the others below, and what was measured on them. */
export function Series({ patientId, site, onOver }: SeriesProps) {
  const { t } = useTranslation('history')
  const filter = { code: site?.code ?? ('none' as const), laterality: site?.laterality ?? ('none' as const) }
  const query = useInfiniteQuery({
    queryKey: [...keyOf(listPatientPictures), patientId, filter],
    queryFn: ({ pageParam, signal }) =>
      call(listPatientPictures, {
        params: { patientId },
        body: { ...filter, ...(pageParam && { before: pageParam }) },
        signal,
      }),
    initialPageParam: null as SnapshotId | null,
    getNextPageParam: ({ pictures, more }) => (more ? pictures.at(-1)?.picture.id : undefined),
  })
  return (
    <Loaded query={query}>
      {({ pages }) => {
        const oldestFirst = pages.flatMap(({ pictures }) => pictures).toReversed()
        return (
          <>
            {query.hasNextPage && (
              <SavingButton
                variant="subtle"
                size="sm"
                saving={query.isFetchingNextPage}
                onClick={() => void query.fetchNextPage()}
              >
                {t('series.more')}
              </SavingButton>
            )}
            {oldestFirst.length > 0 && <Course pictures={oldestFirst} onOver={onOver} />}
          </>
        )
      }}
    </Loaded>
  )
}

type Over = 'viewer' | 'compare' | 'site'

/** Stepped through with the arrow keys. */
function Course({ pictures, onOver }: { pictures: readonly SeriesPicture[] } & Pick<SeriesProps, 'onOver'>) {
  const { t } = useTranslation('history')
  const { t: guard } = useTranslation('guard')
  const [wanted, setWanted] = useState<SnapshotId | null>(null)
  const [open, setOpen] = useState<Over | null>(null)
  const found = pictures.findIndex(({ picture }) => picture.id === wanted)
  const at = found < 0 ? pictures.length - 1 : found
  const shown = pictures[at]
  const cover = useCover(shown?.picture)
  if (!shown) return null
  const { picture, visit } = shown
  const step = (by: -1 | 1) => {
    const next = pictures[at + by]
    if (next) setWanted(next.picture.id)
  }
  const keyed = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : null
    if (by === null || open !== null) return
    step(by)
    event.preventDefault()
  }
  const over = (next: Over | null) => {
    setOpen(next)
    onOver(next !== null)
  }
  const close = () => {
    over(null)
  }
  const name = t('series.picture', { date: formatDate(picture.takenAt) })
  return (
    <div className={classes.series}>
      {/* The buttons in it take the keys; it only listens. */}
      <div role="presentation" onKeyDown={keyed}>
        <figure className={classes.large}>
          <Covered id={picture.id} cover={cover} name={name}>
            <img
              // A new one for each picture: an old one stays painted, without its cover, until the next has come.
              key={picture.id}
              src={addressOf(readSnapshotImage, { params: { snapshotId: picture.id, variant: 'original' } })}
              alt={cover === null ? name : guard('alt', { name })}
              className={classes.largeImage}
              width={picture.width}
              height={picture.height}
            />
          </Covered>
          <figcaption className={classes.caption}>
            <span className={classes.steps}>
              <button
                type="button"
                className={classes.step}
                aria-label={t('series.older')}
                aria-keyshortcuts="ArrowLeft"
                // Not disabled: at the end the focus would be lost.
                aria-disabled={at === 0}
                onClick={() => {
                  step(-1)
                }}
              >
                <IconChevronLeft size={20} stroke={1.75} aria-hidden />
              </button>
              <span className="figures" role="status">
                <span className={classes.together}>{formatDayTime(picture.takenAt)} ·</span>{' '}
                <span className={classes.together}>
                  {t('series.step', { at: at + 1, of: pictures.length })}
                </span>
              </span>
              <button
                type="button"
                className={classes.step}
                aria-label={t('series.newer')}
                aria-keyshortcuts="ArrowRight"
                aria-disabled={at === pictures.length - 1}
                onClick={() => {
                  step(1)
                }}
              >
                <IconChevronRight size={20} stroke={1.75} aria-hidden />
              </button>
            </span>
            <span className={classes.facts}>
              {visit
                ? t('series.visit', { doctor: visit.practitionerName, reason: visit.reason })
                : t('series.noVisit')}
            </span>
          </figcaption>
        </figure>
        <div className={classes.buttons}>
          <Button
            variant="default"
            size="sm"
            onClick={() => {
              over('viewer')
            }}
          >
            {t('series.open')}
          </Button>
          <Button
            variant="default"
            size="sm"
            onClick={() => {
              over('compare')
            }}
          >
            {t('series.compare')}
          </Button>
          <Button
            variant="default"
            size="sm"
            onClick={() => {
              over('site')
            }}
          >
            {t('site.change')}
          </Button>
        </div>
        <ul className={classes.strip} aria-label={t('series.strip')}>
          {pictures.map((one) => (
            <li key={one.picture.id}>
              <Thumbnail
                picture={one.picture}
                current={one.picture.id === picture.id}
                onChoose={() => {
                  setWanted(one.picture.id)
                }}
              />
            </li>
          ))}
        </ul>
      </div>
      <p className={classes.keys}>{t('series.keys')}</p>
      <SeriesMeasures pictures={pictures.map((one) => one.picture)} />
      <div
        role="presentation"
        onKeyDown={(event) => {
          event.stopPropagation()
        }}
      >
        {open === 'compare' && <CompareDialog snapshot={picture} together={null} onClose={close} />}
        {open === 'site' && <SiteDialog snapshot={picture} onClose={close} />}
        <Viewer
          snapshots={pictures.map((one) => one.picture).toReversed()}
          shown={open === 'viewer' ? picture.id : null}
          role="practitioner"
          session={null}
          follower={null}
          onShow={setWanted}
          onClose={close}
        />
      </div>
    </div>
  )
}
