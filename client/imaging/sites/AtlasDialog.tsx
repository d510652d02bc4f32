import { Button } from '@mantine/core'
import { IconArrowLeft, IconCameraOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PatientId } from '#shared/ids.ts'
import { countPicturesBySite, type SiteCount } from '#shared/imaging-series.ts'
import { BodySiteCode, type BodySite } from '#shared/imaging-site.ts'
import { read } from '../../platform/query.ts'
import { Dialog, EmptyState, Loaded, useInheritedFocus } from '../../ui/index.ts'
import { BodyMap } from './BodyMap.tsx'
import { Series } from './Series.tsx'
import { keyOfSite, useSiteWords } from './site-words.ts'
import { SiteList } from './SiteList.tsx'
import classes from './sites.module.css'

interface AtlasDialogProps {
  patientId: PatientId
  onClose: () => void
}

/** A patient's pictures by where on the body they are from; a site opens its series. */
export function AtlasDialog({ patientId, onClose }: AtlasDialogProps) {
  const { t } = useTranslation('history')
  const words = useSiteWords()
  const [open, setOpen] = useState<{ site: BodySite | null } | null>(null)
  const [covered, setCovered] = useState(false)
  const [last, setLast] = useState<BodySite | null>(null)
  const back = useInheritedFocus<HTMLButtonElement>(open)
  const query = useQuery(read(countPicturesBySite, { params: { patientId } }))
  return (
    <Dialog
      opened
      onClose={onClose}
      // What has been opened over it has its own Escape.
      closeOnEscape={!covered}
      title={open ? words(open.site) : t('atlas.title')}
      size="xl"
    >
      {open ? (
        <div className={classes.dialog}>
          <div>
            <Button
              ref={back}
              variant="subtle"
              size="sm"
              leftSection={<IconArrowLeft size={18} stroke={1.75} aria-hidden />}
              onClick={() => {
                setLast(open.site)
                setOpen(null)
                setCovered(false)
              }}
            >
              {t('atlas.back')}
            </Button>
          </div>
          <Series key={keyOfSite(open.site)} patientId={patientId} site={open.site} onOver={setCovered} />
        </div>
      ) : (
        <Loaded query={query}>
          {({ sites }) =>
            sites.length === 0 ? (
              <EmptyState icon={IconCameraOff} title={t('atlas.none')}>
                <p>{t('atlas.noneNext')}</p>
              </EmptyState>
            ) : (
              <div className={classes.atlas}>
                <BodyMap
                  counts={new Map(sites.map(({ site, pictures }) => [keyOfSite(site), pictures]))}
                  chosen={null}
                  onChoose={(site) => {
                    if (sites.some((one) => keyOfSite(one.site) === keyOfSite(site))) setOpen({ site })
                  }}
                />
                <SiteList
                  sites={fromHeadToToe(sites)}
                  last={last}
                  onChoose={(site) => {
                    setOpen({ site })
                  }}
                />
              </div>
            )
          }
        </Loaded>
      )}
    </Dialog>
  )
}

function fromHeadToToe(sites: readonly SiteCount[]): SiteCount[] {
  const codes = BodySiteCode.options
  const rank = ({ site }: SiteCount) => (site ? codes.indexOf(site.code) : codes.length)
  return sites.toSorted(
    (a, b) => rank(a) - rank(b) || keyOfSite(a.site).localeCompare(keyOfSite(b.site), 'en'),
  )
}
