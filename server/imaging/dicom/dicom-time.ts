import { Temporal } from 'temporal-polyfill'
import type { Instant } from '#shared/time.ts'

/** A moment as DICOM writes it, by the clock on the clinic's wall: DA, TM, DT without offset, and the offset beside them. */
export function dicomTime(at: Instant, zone: string) {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone)
  const [date = '', time = ''] = local.toPlainDateTime().toString({ smallestUnit: 'second' }).split('T')
  const [da, tm] = [date.replaceAll('-', ''), time.replaceAll(':', '')]
  return { date: da, time: tm, dateTime: `${da}${tm}`, offset: local.offset.replace(':', '').slice(0, 5) }
}
