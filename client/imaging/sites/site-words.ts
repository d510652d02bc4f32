import { useTranslation } from 'react-i18next'
import type { BodySite } from '#shared/imaging-site.ts'

/** How a site is called, with its side; null: nobody has said. */
export function useSiteWords(): (site: BodySite | null) => string {
  const { t } = useTranslation('history')
  return (site) => {
    if (!site) return t('site.unplaced')
    const name = t(`site.names.${site.code}`)
    return site.laterality ? t(`site.${site.laterality}`, { site: name }) : name
  }
}

/** One text for each site. */
export function keyOfSite(site: BodySite | null): string {
  return site ? `${site.code} ${site.laterality ?? ''}` : ''
}
