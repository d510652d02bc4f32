import { Table, UnstyledButton } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import { vitals, type VitalTrend } from '#shared/records.ts'
import { Dialog, StatusWord, TimeText } from '../ui/index.ts'
import classes from './PatientContextPanel.module.css'
import { Sparkline } from './Sparkline.tsx'
import { linesOf, rangeOf, unitText, valueText, vitalOf } from './vital-values.ts'

/** One vital: its last value and date, its course, and the table behind it. */
export function VitalRow({ trend }: { trend: z.infer<typeof VitalTrend> }) {
  const { t } = useTranslation('records')
  const [opened, { open, close }] = useDisclosure(false)
  const vital = vitalOf(trend.code.code)
  const name = vital ? t(`vital.${vital}`) : trend.code.display
  const range = rangeOf(trend.latest)
  const band = vital && vital !== 'bloodPressure' ? vitals[vital].band : null
  return (
    <li>
      <UnstyledButton className={classes.vital ?? ''} onClick={open} aria-haspopup="dialog">
        <span className={classes.vitalName}>{name}</span>
        <span className={classes.vitalValue}>
          {valueText(trend.latest)} <small>{unitText(trend.latest)}</small>
        </span>
        <Sparkline lines={linesOf(trend.series)} band={band} />
        <span className={classes.vitalDate}>
          <TimeText at={trend.latest.effectiveAt} as="date" />
          {(range === 'low' || range === 'high') && (
            <StatusWord tone="caution">{t(`range.${range}`)}</StatusWord>
          )}
        </span>
      </UnstyledButton>
      <Dialog opened={opened} onClose={close} title={name} size="md">
        <Table stickyHeader>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('context.when')}</Table.Th>
              <Table.Th>{`${t('context.value')} (${unitText(trend.latest)})`}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {trend.series.toReversed().map((observation) => (
              <Table.Tr key={observation.id}>
                <Table.Td>
                  <TimeText at={observation.effectiveAt} as="dayTime" />{' '}
                  {new Date(observation.effectiveAt).getFullYear()}
                </Table.Td>
                <Table.Td>{valueText(observation)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Dialog>
    </li>
  )
}
