import { Checkbox, NativeSelect, Radio } from '@mantine/core'
import { IconDownload, IconPrinter } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EnhancementId } from '#shared/ids.ts'
import { readEnhancementImage, readSnapshotImage, type Snapshot } from '#shared/imaging.ts'
import {
  CarePurpose,
  exportDicom,
  ExportPurpose,
  printPicture,
  type DicomExport,
} from '#shared/imaging-export.ts'
import type { Area } from '#shared/imaging-recipe.ts'
import { addressOf, call, callForBytes } from '../../platform/api.ts'
import { Dialog, ErrorNotice, notify, SavingButton, useFocusBack } from '../../ui/index.ts'
import { AreaPainter } from './AreaPainter.tsx'
import { ArchiveSection } from './ArchiveSection.tsx'
import { DrawingsSection } from './DrawingsSection.tsx'
import classes from './export.module.css'
import { PrintedSheet } from './PrintedSheet.tsx'
import { saveFile } from './save-file.ts'
import { SuggestAreas } from './SuggestAreas.tsx'

interface ExportDialogProps {
  snapshot: Snapshot
  enhancementId: EnhancementId | null
  onClose: () => void
}

/** What for, with or without the person, and as what. */
export function ExportDialog({ snapshot, enhancementId, onClose }: ExportDialogProps) {
  useFocusBack()
  const { t } = useTranslation('export')
  const [person, setPerson] = useState<DicomExport['person']>('kept')
  const [carePurpose, setCarePurpose] = useState<CarePurpose>('treatment')
  const [otherPurpose, setOtherPurpose] = useState<ExportPurpose>('teaching')
  const [areas, setAreas] = useState<readonly Area[]>([])
  const [confirmed, setConfirmed] = useState(false)
  /** A program has looked for faces and text. */
  const [suggested, setSuggested] = useState(false)
  const params = { snapshotId: snapshot.id }
  const picture =
    enhancementId === null
      ? addressOf(readSnapshotImage, { params: { ...params, variant: 'original' } })
      : addressOf(readEnhancementImage, { params: { enhancementId } })

  const download = useMutation({
    mutationFn: (body: DicomExport) => callForBytes(exportDicom, { params, body }),
    onSuccess: (file) => {
      saveFile(file, person === 'kept' ? `bedside-${snapshot.id}.dcm` : 'picture.dcm')
      notify.done(t('downloaded'))
    },
  })
  const print = useMutation({
    mutationFn: () => call(printPicture, { params, body: { enhancementId, purpose: carePurpose } }),
  })
  const removed = person === 'removed'
  const cover = (changed: readonly Area[]) => {
    setAreas(changed)
    // The word was given for what the picture looked like before.
    setConfirmed(false)
  }

  return (
    <Dialog opened onClose={onClose} title={t('title')} size="lg">
      <div className={classes.form}>
        <p className={classes.which}>{enhancementId === null ? t('which.original') : t('which.processed')}</p>
        <Radio.Group
          label={t('person.label')}
          value={person}
          onChange={(value) => {
            setPerson(value === 'removed' ? 'removed' : 'kept')
            download.reset()
          }}
        >
          <div className={classes.choices}>
            <Radio value="kept" label={t('person.kept')} description={t('person.keptWhy')} />
            <Radio value="removed" label={t('person.removed')} description={t('person.removedWhy')} />
          </div>
        </Radio.Group>
        {removed ? (
          <NativeSelect
            label={t('purpose.label')}
            value={otherPurpose}
            data={ExportPurpose.options.map((value) => ({ value, label: t(`purpose.${value}`) }))}
            onChange={(event) => {
              setOtherPurpose(ExportPurpose.parse(event.currentTarget.value))
            }}
          />
        ) : (
          <NativeSelect
            label={t('purpose.label')}
            value={carePurpose}
            data={CarePurpose.options.map((value) => ({ value, label: t(`purpose.${value}`) }))}
            onChange={(event) => {
              setCarePurpose(CarePurpose.parse(event.currentTarget.value))
            }}
          />
        )}
        {removed && (
          <>
            <AreaPainter picture={picture} areas={areas} onAreas={cover}>
              <SuggestAreas
                snapshotId={snapshot.id}
                areas={areas}
                onSuggested={(changed) => {
                  cover(changed)
                  setSuggested(true)
                }}
              />
            </AreaPainter>
            <Checkbox
              checked={confirmed}
              onChange={(event) => {
                setConfirmed(event.currentTarget.checked)
              }}
              label={t('confirm.label')}
              description={suggested ? t('confirm.whySuggested') : t('confirm.why')}
            />
          </>
        )}
        <ErrorNotice error={download.error ?? print.error} />
        <div className={classes.buttons}>
          <SavingButton
            leftSection={<IconDownload size={18} stroke={1.75} aria-hidden />}
            saving={download.isPending}
            disabled={removed && !confirmed}
            onClick={() => {
              download.mutate(
                removed
                  ? {
                      person,
                      purpose: otherPurpose,
                      enhancementId,
                      areas: [...areas],
                      nothingIdentifies: true,
                    }
                  : { person, purpose: carePurpose, enhancementId },
              )
            }}
          >
            {t('download')}
          </SavingButton>
          {!removed && (
            <SavingButton
              variant="default"
              leftSection={<IconPrinter size={18} stroke={1.75} aria-hidden />}
              saving={print.isPending}
              onClick={() => {
                print.mutate()
              }}
            >
              {t('print')}
            </SavingButton>
          )}
        </div>
        <DrawingsSection
          snapshot={snapshot}
          enhancementId={enhancementId}
          purpose={removed ? null : carePurpose}
        />
        {!removed && <ArchiveSection snapshotId={snapshot.id} enhancementId={enhancementId} />}
      </div>
      {print.data && (
        <PrintedSheet
          sheet={print.data}
          picture={picture}
          onDone={() => {
            print.reset()
          }}
        />
      )}
    </Dialog>
  )
}
