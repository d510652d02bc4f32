import type { TFunction } from 'i18next'
import type { DeviceCheck } from '#shared/consult.ts'

/** What the doctor should know before admitting; empty when all is fine. */
export function deviceProblems(check: DeviceCheck, t: TFunction<'clinic'>): string[] {
  const problems: string[] = []
  if (check.camera !== 'ok') problems.push(t(`device.camera.${check.camera}`))
  if (check.microphone !== 'ok') problems.push(t(`device.microphone.${check.microphone}`))
  if (check.speaker === 'not_heard') problems.push(t('device.speaker.not_heard'))
  if (check.connection === 'fair' || check.connection === 'poor' || check.connection === 'failed')
    problems.push(t(`device.connection.${check.connection}`))
  return problems
}
