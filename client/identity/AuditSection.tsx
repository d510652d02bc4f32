import { Button, Select, Skeleton } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { IconFilterOff, IconListSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { searchAudit, type AuditEvent } from '#shared/identity.ts'
import type { PatientId, UserId } from '#shared/ids.ts'
import { call } from '../platform/api.ts'
import { keyOf } from '../platform/query.ts'
import { DateField, EmptyState, ErrorState, Loading, Panel, SavingButton } from '../ui/index.ts'
import { AuditTable } from './AuditTable.tsx'
import { useActionWords } from './audit-words.ts'
import { VerifyAudit } from './VerifyAudit.tsx'
import classes from './AdminPage.module.css'

export interface AuditFilter {
  action?: string
  patientId?: PatientId
  actor?: { id: UserId; name: string }
  /** Calendar days on this device: YYYY-MM-DD. */
  from?: string
  to?: string
}

const pageSize = 50
const dayMs = 86_400_000

/** The administrator's part of the access log: search it, page back through it, verify that nobody altered it. */
export function AuditSection() {
  const { t } = useTranslation('identity')
  const words = useActionWords()
  const [filter, setFilter] = useState<AuditFilter>({})
  const log = useInfiniteQuery({
    queryKey: [...keyOf(searchAudit), filter],
    initialPageParam: undefined as number | undefined,
    queryFn: ({ pageParam, signal }) => call(searchAudit, { query: queryOf(filter, pageParam), signal }),
    getNextPageParam: ({ events }) => (events.length < pageSize ? undefined : events.at(-1)?.sequence),
  })
  const events: AuditEvent[] = log.data?.pages.flatMap((page) => page.events) ?? []
  const actions = log.data?.pages[0]?.actions ?? []
  const filtered = Object.keys(filter).length > 0

  return (
    <>
      <VerifyAudit />
      <div className={classes.tools}>
        <Select
          className={classes.grow ?? ''}
          label={t('admin.log.action')}
          placeholder={t('admin.log.anyAction')}
          searchable
          clearable
          value={filter.action ?? null}
          data={actions.map((action) => ({ value: action, label: words(action) }))}
          onChange={(action) => {
            setFilter(({ action: _, ...rest }) => (action === null ? rest : { ...rest, action }))
          }}
        />
        <DateField
          label={t('admin.log.from')}
          value={filter.from ?? ''}
          onChange={({ currentTarget: { value } }) => {
            setFilter(({ from: _, ...rest }) => (value === '' ? rest : { ...rest, from: value }))
          }}
        />
        <DateField
          label={t('admin.log.to')}
          value={filter.to ?? ''}
          onChange={({ currentTarget: { value } }) => {
            setFilter(({ to: _, ...rest }) => (value === '' ? rest : { ...rest, to: value }))
          }}
        />
        {filtered && (
          <Button
            variant="subtle"
            color="gray"
            leftSection={<IconFilterOff size={18} stroke={1.75} aria-hidden />}
            onClick={() => {
              setFilter({})
            }}
          >
            {t('admin.log.clear')}
          </Button>
        )}
      </div>
      <FilterWords filter={filter} />
      <Panel flush>
        {log.data === undefined ? (
          log.isError ? (
            <ErrorState error={log.error} onRetry={() => void log.refetch()} />
          ) : (
            <Loading>
              <Skeleton height={400} radius={0} />
            </Loading>
          )
        ) : events.length === 0 ? (
          <EmptyState icon={IconListSearch} title={t('admin.log.none')}>
            {t('admin.log.noneText')}
          </EmptyState>
        ) : (
          <AuditTable
            events={events}
            onFilter={(part) => {
              setFilter((present) => ({ ...present, ...part }))
            }}
          />
        )}
        {log.hasNextPage && (
          <div className={classes.more}>
            <SavingButton
              variant="default"
              saving={log.isFetchingNextPage}
              onClick={() => void log.fetchNextPage()}
            >
              {t('admin.log.more')}
            </SavingButton>
          </div>
        )}
      </Panel>
    </>
  )
}

function FilterWords({ filter }: { filter: AuditFilter }) {
  const { t } = useTranslation('identity')
  const words = [
    ...(filter.actor ? [t('admin.log.person', { name: filter.actor.name })] : []),
    ...(filter.patientId ? [t('admin.log.recordFilter', { id: filter.patientId })] : []),
  ]
  return words.length === 0 ? null : <p className={classes.dim}>{words.join(' · ')}</p>
}

function queryOf(filter: AuditFilter, before: number | undefined) {
  return {
    limit: pageSize,
    ...(before === undefined ? {} : { before }),
    ...(filter.action === undefined ? {} : { action: filter.action }),
    ...(filter.patientId === undefined ? {} : { patientId: filter.patientId }),
    ...(filter.actor === undefined ? {} : { actorId: filter.actor.id }),
    ...(filter.from === undefined ? {} : { from: startOfDay(filter.from) }),
    ...(filter.to === undefined ? {} : { to: startOfDay(filter.to) + dayMs }),
  }
}

/** Midnight on this device, as epoch milliseconds. */
function startOfDay(day: string): number {
  return Date.parse(`${day}T00:00:00`)
}
