import { after } from './after.ts'
import { desk } from './desk.ts'
import { doors } from './doors.ts'
import type { Stop } from './stop.ts'
import { visit } from './visit.ts'

/** Every screen and state worth looking at, in an order in which each is reached from the one before it. */
export const tour: readonly Stop[] = [...desk, ...doors, ...visit, ...after]
