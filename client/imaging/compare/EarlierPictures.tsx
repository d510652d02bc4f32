import { SegmentedControl } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SnapshotId } from '#shared/ids.ts'
import type { Snapshot } from '#shared/imaging.ts'
import { listEarlierPictures } from '#shared/imaging-series.ts'
import { call } from '../../platform/api.ts'
import { keyOf } from '../../platform/query.ts'
import { Loaded, SavingButton, useInheritedFocus } from '../../ui/index.ts'
import { useSiteWords } from '../sites/site-words.ts'
import { Thumbnail } from '../sites/Thumbnail.tsx'
import { ToolButton } from '../viewer/ToolButton.tsx'
import classes from './compare.module.css'

interface EarlierPicturesProps {
  snapshot: Snapshot
  onChoose: (earlier: Snapshot) => void
  onClose: () => void
}

/** What this picture can be compared with, newest first: of the same site, or all. */
export function EarlierPictures({ snapshot, onChoose, onClose }: EarlierPicturesProps) {
  const { t } = useTranslation('history')
  const words = useSiteWords()
  const [site, setSite] = useState<'same' | 'any'>(snapshot.bodySite ? 'same' : 'any')
  const query = useInfiniteQuery({
    queryKey: [...keyOf(listEarlierPictures), snapshot.id, site],
    queryFn: ({ pageParam, signal }) =>
      call(listEarlierPictures, {
        params: { snapshotId: snapshot.id },
        query: { site, ...(pageParam && { before: pageParam }) },
        signal,
      }),
    initialPageParam: null as SnapshotId | null,
    getNextPageParam: ({ pictures, more }) => (more ? pictures.at(-1)?.picture.id : undefined),
  })
  const title = useInheritedFocus<HTMLHeadingElement>()
  const list = useInheritedFocus<HTMLUListElement>(query.data?.pages.length)
  return (
    <div className={classes.screen}>
      <header className={classes.top} role="presentation">
        <h2 ref={title} className={classes.title} tabIndex={-1}>
          {t('compare.choose')}
        </h2>
        <ToolButton icon={IconX} label={t('compare.close')} onClick={onClose} />
      </header>
      <div className={classes.choosing}>
        <SegmentedControl
          aria-label={t('compare.choose')}
          value={site}
          data={[
            { value: 'same', label: t('compare.same') },
            { value: 'any', label: t('compare.any') },
          ]}
          onChange={(value) => {
            setSite(value === 'same' ? 'same' : 'any')
          }}
        />
        {site === 'same' && (
          <p className={classes.hint}>
            {snapshot.bodySite ? words(snapshot.bodySite) : t('compare.unplaced')}
          </p>
        )}
        <Loaded query={query}>
          {({ pages }) => {
            const found = pages.flatMap(({ pictures }) => pictures)
            return found.length === 0 ? (
              <p className={classes.hint}>{t(site === 'same' ? 'compare.noneSame' : 'compare.noneAny')}</p>
            ) : (
              <ul ref={list} className={classes.pictures} tabIndex={-1}>
                {found.map(({ picture }) => (
                  <li key={picture.id}>
                    <Thumbnail
                      picture={picture}
                      onChoose={() => {
                        onChoose(picture)
                      }}
                    />
                    {site === 'any' && <span className={classes.hint}>{words(picture.bodySite)}</span>}
                  </li>
                ))}
              </ul>
            )
          }}
        </Loaded>
        {query.hasNextPage && (
          <SavingButton
            variant="default"
            saving={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            {t('series.more')}
          </SavingButton>
        )}
      </div>
    </div>
  )
}
