import { Checkbox } from '@mantine/core'
import { IconArchive } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EnhancementId, SnapshotId } from '#shared/ids.ts'
import { listArchiveTransfers, sendToArchive, type ArchiveTransfer } from '#shared/imaging-export.ts'
import { listAnnotations } from '#shared/imaging-viewer.ts'
import { call } from '../../platform/api.ts'
import { newKey } from '../../platform/key.ts'
import { inSentences } from '../../platform/lists.ts'
import { keyOf, read } from '../../platform/query.ts'
import { formatDayTime } from '../../platform/time.ts'
import { ErrorNotice, Notice, SavingButton } from '../../ui/index.ts'
import classes from './export.module.css'

const pollMs = 2_000

interface ArchiveSectionProps {
  snapshotId: SnapshotId
  enhancementId: EnhancementId | null
}

/** The way to the clinic's archive, and how far the picture and its drawings have come on it. Nothing where there is no archive. */
export function ArchiveSection({ snapshotId, enhancementId }: ArchiveSectionProps) {
  const { t } = useTranslation('export')
  const queries = useQueryClient()
  const [key, setKey] = useState(newKey)
  const [along, setAlong] = useState(false)
  const query = useQuery({
    ...read(listArchiveTransfers, { params: { snapshotId } }),
    refetchInterval: ({ state }) =>
      state.data?.transfers.some((transfer) => transfer.state === 'queued') ? pollMs : false,
  })
  const annotations = useQuery(read(listAnnotations, { params: { snapshotId } }))
  const send = useMutation({
    mutationFn: (drawings: boolean) =>
      call(sendToArchive, {
        params: { snapshotId },
        body: { enhancementId, drawings, idempotencyKey: key },
      }),
    onSuccess: async () => {
      setKey(newKey())
      await queries.invalidateQueries({ queryKey: keyOf(listArchiveTransfers) })
    },
  })
  if (!query.data?.archive) return null
  const newest = (of: ArchiveTransfer['of']) =>
    query.data.transfers.find((transfer) => transfer.of === of && transfer.enhancementId === enhancementId)
  const [picture, drawings] = [newest('picture'), newest('drawings')]
  const isDrawnOn = (annotations.data?.annotations.length ?? 0) > 0
  const mayGo = (transfer: ArchiveTransfer | undefined) =>
    transfer === undefined || transfer.state === 'failed'
  const drawingsMayGo = isDrawnOn && (mayGo(drawings) || drawings?.outdated === true)
  const button = (word: string, withDrawings: boolean) => (
    <SavingButton
      variant="default"
      leftSection={<IconArchive size={18} stroke={1.75} aria-hidden />}
      saving={send.isPending}
      onClick={() => {
        send.mutate(withDrawings)
      }}
    >
      {word}
    </SavingButton>
  )
  return (
    <div className={classes.archive}>
      <ErrorNotice error={send.error} />
      {picture && <Progress transfer={picture} />}
      {drawings && <Progress transfer={drawings} />}
      {mayGo(picture) ? (
        <>
          {drawingsMayGo && (
            <Checkbox
              checked={along}
              label={t('archive.along')}
              description={t('archive.alongWhy')}
              onChange={({ currentTarget }) => {
                setAlong(currentTarget.checked)
                // Something else is asked for now, though no answer came to what was asked before.
                setKey(newKey())
              }}
            />
          )}
          {button(picture ? t('archive.again') : t('archive.send'), along && drawingsMayGo)}
        </>
      ) : (
        drawingsMayGo && button(t('archive.sendDrawings'), true)
      )}
    </div>
  )
}

function Progress({ transfer }: { transfer: ArchiveTransfer }) {
  const { t } = useTranslation('export')
  const { of, state, failure, settledAt, outdated } = transfer
  if (state === 'queued') return <Notice tone="info">{t(`archive.${of}.queued`)}</Notice>
  if (state === 'failed')
    return (
      <Notice tone="caution" title={t(`archive.${of}.failed`)}>
        {t(`archive.failure.${failure ?? 'refused'}`)}
      </Notice>
    )
  const sent = t(`archive.${of}.sent`, { time: formatDayTime(settledAt ?? 0) })
  return outdated ? (
    <Notice tone="info">{inSentences(sent, t('archive.drawings.outdated'))}</Notice>
  ) : (
    <Notice tone="good">{sent}</Notice>
  )
}
