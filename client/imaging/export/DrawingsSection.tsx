import { IconScribble } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { evenScaleOf, mostUneven } from '#kernels/even-scale.ts'
import { scaleOf } from '#kernels/measure.ts'
import type { EnhancementId } from '#shared/ids.ts'
import type { Snapshot } from '#shared/imaging.ts'
import { exportDrawings, type CarePurpose } from '#shared/imaging-export.ts'
import { listAnnotations } from '#shared/imaging-viewer.ts'
import { callForBytes } from '../../platform/api.ts'
import { read } from '../../platform/query.ts'
import { formatNumber } from '../../platform/time.ts'
import { ErrorNotice, Loading, notify, SavingButton } from '../../ui/index.ts'
import { FailedReading } from '../FailedReading.tsx'
import classes from './export.module.css'
import { saveFile } from './save-file.ts'

interface DrawingsSectionProps {
  snapshot: Snapshot
  enhancementId: EnhancementId | null
  /** Null: the file goes without the person, and without what somebody has written on the picture. */
  purpose: CarePurpose | null
}

/** Whether the file tells lengths, and why not; and what is drawn on the picture as a file of its own. */
export function DrawingsSection({ snapshot, enhancementId, purpose }: DrawingsSectionProps) {
  const { t } = useTranslation('export')
  const query = useQuery(read(listAnnotations, { params: { snapshotId: snapshot.id } }))
  const download = useMutation({
    mutationFn: (body: { purpose: CarePurpose; enhancementId: EnhancementId | null }) =>
      callForBytes(exportDrawings, { params: { snapshotId: snapshot.id }, body }),
    onSuccess: (file) => {
      saveFile(file, `bedside-${snapshot.id}-drawings.dcm`)
      notify.done(t('downloaded'))
    },
  })
  if (!query.data) {
    if (!query.isError) return <Loading lines={1} />
    return <FailedReading error={query.error} onRetry={() => void query.refetch()} />
  }
  const shapes = query.data.annotations.map(({ shape }) => shape)
  const scale = scaleOf(shapes, snapshot)
  const even = scale && evenScaleOf(scale, snapshot)
  const lengths = () => {
    if (!even) return t('lengths.none')
    if (even.by === 'hand') return t('lengths.hand')
    if (even.worst <= mostUneven) return t('lengths.marker')
    const off = formatNumber(even.worst, { style: 'percent', maximumFractionDigits: 0 })
    return Number.isFinite(even.worst) ? t('lengths.slanted', { off }) : t('lengths.horizon')
  }
  return (
    <div className={classes.drawings}>
      <p className={classes.hint}>{lengths()}</p>
      {shapes.length > 0 &&
        (purpose === null ? (
          <p className={classes.hint}>{t('drawings.without')}</p>
        ) : (
          <>
            <ErrorNotice error={download.error} />
            <SavingButton
              variant="default"
              leftSection={<IconScribble size={18} stroke={1.75} aria-hidden />}
              saving={download.isPending}
              onClick={() => {
                download.mutate({ purpose, enhancementId })
              }}
            >
              {t('drawings.download')}
            </SavingButton>
            <p className={classes.hint}>{t('drawings.why')}</p>
          </>
        ))}
    </div>
  )
}
