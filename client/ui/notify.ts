import { notifications } from '@mantine/notifications'
import i18next from 'i18next'
import { describeError } from '../platform/describe-error.ts'
import type { ToneName } from './palette.ts'

const shortMs = 5000
const longMs = 12_000

/** Short messages that pass by themselves. What must be acted on belongs into the page, as a Notice. */
export const notify = {
  /** "Booked for Tue 14:30." */
  done(message: string): void {
    notifications.show({ ...closable(), message, color: 'good', autoClose: shortMs })
  },

  /** A message in a tone, with an optional second line. */
  say(tone: ToneName, title: string, message = ''): void {
    notifications.show({ ...closable(), title, message, color: tone, autoClose: longMs })
  },

  /** A failed action in the reader's words. */
  problem(error: unknown): void {
    const words = describeError(error, i18next.getFixedT(null, 'common'))
    notifications.show({
      ...closable(),
      title: words.what,
      message: words.next,
      color: 'danger',
      autoClose: longMs,
    })
  },
}

/** The button that closes a message has no word of its own. */
function closable() {
  return { closeButtonProps: { 'aria-label': i18next.t('close') } }
}
