import { Button, NativeSelect, SegmentedControl } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listSnapshots, readSnapshot, type Snapshot } from '#shared/imaging.ts'
import {
  countPicturesBySite,
  listEarlierPictures,
  listPatientPictures,
  setBodySite,
} from '#shared/imaging-series.ts'
import { bodySites, BodySiteCode, type BodySite } from '#shared/imaging-site.ts'
import { call } from '../../platform/api.ts'
import { keyOf } from '../../platform/query.ts'
import { announce, Dialog, ErrorNotice, SavingButton, useFocusBack } from '../../ui/index.ts'
import { BodyMap } from './BodyMap.tsx'
import { useSiteWords } from './site-words.ts'
import classes from './sites.module.css'

interface SiteDialogProps {
  snapshot: Snapshot
  onClose: () => void
}

const noCounts: ReadonlyMap<string, number> = new Map()

/** The doctor says which part of the body a picture shows: on the drawing, or from a list. */
export function SiteDialog({ snapshot, onClose }: SiteDialogProps) {
  useFocusBack()
  const { t } = useTranslation('history')
  const { t: common } = useTranslation()
  const words = useSiteWords()
  const queries = useQueryClient()
  const [site, setSite] = useState<BodySite | null>(snapshot.bodySite)
  const params = { snapshotId: snapshot.id }
  const save = useMutation({
    mutationFn: (chosen: BodySite | null) => call(setBodySite, { params, body: { site: chosen } }),
    onSuccess: async ({ bodySite }) => {
      announce(bodySite ? t('site.saved', { site: words(bodySite) }) : t('site.removed'))
      await Promise.all(
        [listSnapshots, readSnapshot, countPicturesBySite, listPatientPictures, listEarlierPictures].map(
          (endpoint) => queries.invalidateQueries({ queryKey: keyOf(endpoint) }),
        ),
      )
      onClose()
    },
  })
  const paired = site !== null && bodySites[site.code].paired
  return (
    <Dialog opened onClose={onClose} title={t('site.question')} size="lg">
      <div className={classes.dialog}>
        <BodyMap counts={noCounts} chosen={site} onChoose={setSite} />
        <p className={classes.hint}>{t('site.patientsSide')}</p>
        <div className={classes.fields}>
          <NativeSelect
            label={t('site.label')}
            value={site?.code ?? ''}
            data={[
              { value: '', label: t('site.none') },
              ...BodySiteCode.options.map((code) => ({ value: code, label: t(`site.names.${code}`) })),
            ]}
            onChange={(event) => {
              const code = BodySiteCode.safeParse(event.currentTarget.value)
              setSite(code.success ? { code: code.data, laterality: null } : null)
            }}
          />
          {paired && (
            <SegmentedControl
              aria-label={t('site.patientsSide')}
              value={site.laterality ?? ''}
              data={[
                { value: 'right', label: t('site.rightShort') },
                { value: '', label: t('site.eitherShort') },
                { value: 'left', label: t('site.leftShort') },
              ]}
              onChange={(side) => {
                setSite({ code: site.code, laterality: side === 'left' || side === 'right' ? side : null })
              }}
            />
          )}
        </div>
        <ErrorNotice error={save.error} />
        <div className={classes.buttons}>
          <Button variant="default" onClick={onClose}>
            {common('cancel')}
          </Button>
          <SavingButton
            saving={save.isPending}
            onClick={() => {
              save.mutate(site)
            }}
          >
            {common('save')}
          </SavingButton>
        </div>
      </div>
    </Dialog>
  )
}
