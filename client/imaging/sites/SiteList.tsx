import { useTranslation } from 'react-i18next'
import type { SiteCount } from '#shared/imaging-series.ts'
import type { BodySite } from '#shared/imaging-site.ts'
import { formatDate } from '../../platform/time.ts'
import { useInheritedFocus } from '../../ui/index.ts'
import { keyOfSite, useSiteWords } from './site-words.ts'
import classes from './sites.module.css'

interface SiteListProps {
  /** From head to toe; what is not placed comes last. */
  sites: readonly SiteCount[]
  /** Whose series was open last. */
  last: BodySite | null
  onChoose: (site: BodySite | null) => void
}

/** The sites that have pictures, with their number: what the drawing says, in words. */
export function SiteList({ sites, last, onChoose }: SiteListProps) {
  const { t } = useTranslation('history')
  const words = useSiteWords()
  const lastLine = useInheritedFocus<HTMLButtonElement>()
  return (
    <ul className={classes.list} aria-label={t('site.list')}>
      {sites.map(({ site, pictures, newestAt }) => (
        <li key={keyOfSite(site)}>
          <button
            ref={keyOfSite(site) === keyOfSite(last) ? lastLine : null}
            type="button"
            className={classes.line}
            data-unplaced={site === null || undefined}
            onClick={() => {
              onChoose(site)
            }}
          >
            <span className={classes.siteName}>{words(site)}</span>
            <span className={classes.facts}>
              {t('atlas.count', { count: pictures })} · {t('atlas.newest', { date: formatDate(newestAt) })}
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}
