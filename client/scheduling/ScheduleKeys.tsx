import { useHotkeys } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import { KeysHelp } from '../ui/index.ts'
import type { Calendar } from './useCalendar.ts'

/** The keys of the schedule, and the list of them. */
export function ScheduleKeys({ calendar, onBook }: { calendar: Calendar; onBook: () => void }) {
  const { t } = useTranslation('scheduling')
  const keys: Readonly<Record<string, () => void>> = {
    b: onBook,
    t: () => {
      calendar.go({ day: calendar.today })
    },
    p: () => {
      calendar.step(-1)
    },
    n: () => {
      calendar.step(1)
    },
    d: () => {
      calendar.go({ view: 'day' })
    },
    w: () => {
      calendar.go({ view: 'week' })
    },
  }
  useHotkeys(Object.entries(keys))
  return (
    <KeysHelp
      keys={[
        { keys: 'b', meaning: t('keys.book') },
        { keys: 't', meaning: t('keys.today') },
        { keys: 'p', meaning: t('keys.back') },
        { keys: 'n', meaning: t('keys.on') },
        { keys: 'd', meaning: t('keys.day') },
        { keys: 'w', meaning: t('keys.week') },
        { keys: '←+↑+↓+→', meaning: t('keys.move') },
        { keys: 'Enter', meaning: t('keys.open') },
        { keys: 'Esc', meaning: t('keys.close') },
      ]}
    />
  )
}
