import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import { readHealth, type PartDetail } from '#shared/identity.ts'
import { afterStop, inRow } from '../platform/lists.ts'
import { read } from '../platform/query.ts'
import { formatNumber } from '../platform/time.ts'
import { Loaded, Notice, Panel, StatusWord, TimeText } from '../ui/index.ts'
import classes from './AdminPage.module.css'

type Health = z.output<typeof readHealth.reply>
const renewMs = 10_000

/** How the service does at this moment, in figures. */
export function HealthSection() {
  const health = useQuery({ ...read(readHealth), refetchInterval: renewMs })
  return (
    <Loaded query={health} skeleton={<Skeleton height={360} />}>
      {(data) => <Figures health={data} />}
    </Loaded>
  )
}

function Figures({ health }: { health: Health }) {
  const { t } = useTranslation('identity')
  const partName = (name: string) => {
    if (name === 'database' || name === 'redis' || name === 'models') return t(`admin.health.names.${name}`)
    const [, number] = /^media (\d+)$/.exec(name) ?? []
    return number === undefined ? name : t('admin.health.names.media', { number })
  }
  const bad = health.parts.filter(({ ok }) => !ok).length
  const figures: readonly (readonly [string, string])[] = [
    [t('admin.health.waiting'), formatNumber(health.consults.waiting)],
    [t('admin.health.live'), formatNumber(health.consults.live)],
    [t('admin.health.peers'), formatNumber(health.media.peers)],
    [t('admin.health.rooms'), formatNumber(health.media.rooms)],
    [t('admin.health.workers'), formatNumber(health.media.workers)],
    [
      t('admin.health.memory'),
      t('admin.health.memoryMb', { value: formatNumber(health.memoryMb, { maximumFractionDigits: 0 }) }),
    ],
  ]
  return (
    <>
      {bad > 0 && (
        <div className={classes.notice}>
          <Notice tone="danger" title={t('admin.health.someBad', { count: bad })} />
        </div>
      )}
      <dl className={classes.figures}>
        {figures.map(([name, value]) => (
          <div key={name} className={classes.figure}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Panel
        title={t('admin.health.parts')}
        flush
        aside={bad === 0 && <StatusWord tone="good">{t('admin.health.allGood')}</StatusWord>}
      >
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t('admin.health.part')}</th>
              <th scope="col">{t('admin.health.state')}</th>
              <th scope="col">{t('admin.health.answer')}</th>
              <th scope="col">{t('admin.health.detail')}</th>
            </tr>
          </thead>
          <tbody>
            {health.parts.map(({ name, ok, ms, detail }) => (
              <tr key={name}>
                <td className={classes.strong}>{partName(name)}</td>
                <td>
                  <StatusWord tone={ok ? 'good' : 'danger'}>
                    {ok ? t('admin.health.ok') : t('admin.health.notOk')}
                  </StatusWord>
                </td>
                <td className="figures">
                  {t('admin.health.ms', { value: formatNumber(ms, { maximumFractionDigits: 1 }) })}
                </td>
                <td className={classes.dim}>{detail && <Said detail={detail} />}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Panel>
      <p className={classes.dim}>
        {t('admin.health.version', { version: health.version })} · {t('admin.health.up')}{' '}
        <TimeText at={health.upSince} as="dayTime" /> · {t('admin.health.renewed')}
      </p>
    </>
  )
}

function Said({ detail }: { detail: PartDetail }) {
  const { t } = useTranslation('identity')
  switch (detail.code) {
    case 'engine':
      return t(`admin.health.says.${detail.engine}`)
    case 'media':
      return t('admin.health.says.media', {
        workers: formatNumber(detail.workers),
        rooms: formatNumber(detail.rooms),
      })
    case 'models':
      return t('admin.health.says.models', { count: detail.models })
    case 'unusable':
      return t('admin.health.says.unusable', { models: inRow(detail.models) })
    case 'failed':
      return (
        <>
          {t('admin.health.says.failed')}
          {afterStop()}
          <span lang="en">{detail.text}</span>
        </>
      )
    default:
      return t(`admin.health.says.${detail.code}`)
  }
}
