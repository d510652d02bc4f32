import { Button } from '@mantine/core'
import { IconArchive } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EnhancementId, SnapshotId } from '#shared/ids.ts'
import { listArchiveTransfers, sendToArchive, type ArchiveTransfer } from '#shared/imaging-export.ts'
import { call } from '../../platform/api.ts'
import { newKey } from '../../platform/key.ts'
import { keyOf, read } from '../../platform/query.ts'
import { formatDayTime } from '../../platform/time.ts'
import { ErrorNotice, Notice } from '../../ui/index.ts'

const pollMs = 2_000

interface ArchiveSectionProps {
  snapshotId: SnapshotId
  enhancementId: EnhancementId | null
}

/** The way to the clinic's archive, and how far the picture has come on it. Nothing where there is no archive. */
export function ArchiveSection({ snapshotId, enhancementId }: ArchiveSectionProps) {
  const { t } = useTranslation('export')
  const queries = useQueryClient()
  const [key, setKey] = useState(newKey)
  const query = useQuery({
    ...read(listArchiveTransfers, { params: { snapshotId } }),
    refetchInterval: ({ state }) =>
      state.data?.transfers.some((transfer) => transfer.state === 'queued') ? pollMs : false,
  })
  const send = useMutation({
    mutationFn: () =>
      call(sendToArchive, { params: { snapshotId }, body: { enhancementId, idempotencyKey: key } }),
    onSuccess: async () => {
      setKey(newKey())
      await queries.invalidateQueries({ queryKey: keyOf(listArchiveTransfers) })
    },
  })
  if (!query.data?.archive) return null
  const newest = query.data.transfers.find((transfer) => transfer.enhancementId === enhancementId)
  return (
    <>
      <ErrorNotice error={send.error} />
      {newest && <Progress transfer={newest} />}
      {(newest === undefined || newest.state === 'failed') && (
        <Button
          variant="default"
          style={{ alignSelf: 'flex-start' }}
          leftSection={<IconArchive size={18} stroke={1.75} aria-hidden />}
          loading={send.isPending}
          onClick={() => {
            send.mutate()
          }}
        >
          {newest ? t('archive.again') : t('archive.send')}
        </Button>
      )}
    </>
  )
}

function Progress({ transfer }: { transfer: ArchiveTransfer }) {
  const { t } = useTranslation('export')
  const { state, failure, settledAt } = transfer
  if (state === 'queued') return <Notice tone="info">{t('archive.queued')}</Notice>
  if (state === 'failed')
    return (
      <Notice tone="caution" title={t('archive.failed')}>
        {t(`archive.failure.${failure ?? 'refused'}`)}
      </Notice>
    )
  return <Notice tone="good">{t('archive.sent', { time: formatDayTime(settledAt ?? 0) })}</Notice>
}
