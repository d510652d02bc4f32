import {
  IconCalendarCheck,
  IconCalendarOff,
  IconCheck,
  IconDoorEnter,
  IconUserOff,
  IconVideo,
  type Icon,
} from '@tabler/icons-react'
import type { AppointmentStatus } from '#shared/scheduling.ts'
import type { StatusTone } from '../ui/index.ts'

/** How a status looks; its word comes from the texts (`status.*`). */
export const statusLooks: Readonly<Record<AppointmentStatus, { tone: StatusTone; icon: Icon }>> = {
  booked: { tone: 'neutral', icon: IconCalendarCheck },
  arrived: { tone: 'info', icon: IconDoorEnter },
  'checked-in': { tone: 'tide', icon: IconVideo },
  fulfilled: { tone: 'good', icon: IconCheck },
  cancelled: { tone: 'neutral', icon: IconCalendarOff },
  noshow: { tone: 'caution', icon: IconUserOff },
}
