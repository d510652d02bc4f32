import type { ConsultId } from '#shared/ids.ts'
import { journal } from '../../platform/journal.ts'
import type { SeatMemory } from './Signaling.ts'

/** Keeps the seat's token for this tab, so that a reload of the page comes back to the same seat. */
export function seatMemory(consultId: ConsultId): SeatMemory {
  const key = `bedside.seat.${consultId}`
  let token: string | null = null
  return {
    read() {
      try {
        return sessionStorage.getItem(key) ?? token
      } catch (error) {
        journal('This browser keeps no settings:', error)
        return token
      }
    },
    write(next) {
      token = next
      try {
        if (next === null) sessionStorage.removeItem(key)
        else sessionStorage.setItem(key, next)
      } catch (error) {
        journal('This browser keeps no settings:', error)
      }
    },
  }
}
