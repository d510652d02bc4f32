import { hourMs, minuteMs } from '#shared/time.ts'
import type { DemoInfo } from '../identity/index.ts'
import { systemContext } from '../platform/context.ts'
import type { Context } from '../platform/context.ts'
import { isUniqueViolation } from '../platform/db.ts'
import type { Tx } from '../platform/db.ts'
import { busyCells } from '../scheduling/schedule.store.ts'
import { accounts } from './accounts.ts'
import { patients } from './cast.ts'
import {
  clearTime,
  closeOldVisits,
  findDue,
  insertBooked,
  insertDay,
  isOpenOn,
  lockSchedule,
  openOn,
} from './demo.store.ts'
import { Diary, morning, visitMinutes } from './diary.ts'
import { addEarlierPictures } from './earlier-pictures.ts'
import { found } from './found.ts'
import type { Cast, DemoNeeds } from './needs.ts'
import { seeded } from './random.ts'
import { dayOf, dueVisit, hoursToday } from './today.ts'
import type { Doctor } from './visit.ts'

export type Demo = {
  /** Whom to sign in as, and a link that can be opened right now. Makes a new visit when the last one is over. */
  info(): Promise<DemoInfo>
}

const dueWithinMs = 25 * minuteMs
const overAfterMs = 60 * minuteMs
const eveningHour = 18
const nightMinutes = 6 * 60
/** A day that is open until midnight has been laid out; no working hours last that long. */
const untilMidnight = 24 * 60

/**
 * Makes the demo clinic the first time, and lays out the present day when it was not yet. Refuses a database that holds
 * somebody else's clinic.
 */
export async function openDemo(needs: DemoNeeds): Promise<Demo> {
  const ctx = systemContext('demo', needs.log)
  // Of servers that start at once, one founds the clinic and the others find it.
  const cast = await needs.db.inTurn('demo', () => prepare(needs, ctx))
  return {
    info: async () => ({ accounts: accounts(), ...(await dueLink(needs, ctx, cast)) }),
  }
}

async function prepare(needs: DemoNeeds, ctx: Context): Promise<Cast> {
  const cast = await found(needs, ctx)
  for (const [n, { email }] of patients.entries()) {
    const patientId = cast.patientIds[n]
    if (email && patientId) await addEarlierPictures(needs, ctx, patientId)
  }
  await prepareToday(needs, ctx, cast)
  return cast
}

/** A clinic that was started on another day has a day of visits today as well. */
async function prepareToday(needs: DemoNeeds, ctx: Context, cast: Cast): Promise<void> {
  const { db, clock, audit, zone } = needs
  const now = clock.now()
  await db.write(async (tx) => {
    const doctorIds = cast.doctors.map(({ id }) => id)
    await closeOldVisits(tx, doctorIds, now - overAfterMs)
    for (const [n, doctor] of cast.doctors.entries()) {
      const diary = new Diary(zone)
      const date = diary.dateAfter(now, 0)
      if (await isOpenOn(tx, doctor.id, { date: date.toString(), endMinute: untilMidnight })) continue
      const [midnight, nextMidnight] = [diary.at(date, 0), diary.at(date.add({ days: 1 }), 0)]
      // The last visit of a day may end on the next.
      const around = { startsAt: midnight, endsAt: nextMidnight + hourMs }
      diary.block(doctor.id, await busyCells(tx, doctor.id, around))
      const theirs = patients.flatMap((patient, at) => {
        const patientId = cast.patientIds[at]
        return patient.doctor === n && patientId ? [{ patient, patientId }] : []
      })
      const random = seeded(Number(date.toString().replaceAll('-', '')) + n)
      await insertDay(tx, dayOf({ clock, diary, random }, doctor, theirs))
      await openAround(tx, needs, diary, doctor)
    }
    audit.append(tx, ctx, { action: 'demo.day_prepared' })
  })
}

/** Widens today's hours so that someone who tries the demo at night can book as well. */
async function openAround(tx: Tx, { clock }: DemoNeeds, diary: Diary, doctor: Doctor): Promise<void> {
  const now = clock.now()
  const today = diary.dateAfter(now, 0)
  const { startsAt } = hoursToday(diary, now)
  const { hour, minute } = diary.wall(startsAt)
  const startMinute = Math.min(hour * 60 + minute, morning.startMinute)
  await openOn(tx, clock, doctor.id, { date: today.toString(), startMinute, endMinute: untilMidnight })
  const tomorrow = today.add({ days: 1 }).toString()
  // Late in the evening the next hours are tomorrow's.
  if (diary.wall(now).hour >= eveningHour)
    await openOn(tx, clock, doctor.id, { date: tomorrow, startMinute: 0, endMinute: nightMinutes })
}

async function dueLink(
  needs: DemoNeeds,
  ctx: Context,
  { doctors: practitioners, patientIds }: Cast,
): Promise<Pick<DemoInfo, 'joinPath' | 'joinBirthDate'>> {
  const { db, clock, audit, zone } = needs
  const [patient, patientId, doctor] = [patients[0], patientIds[0], practitioners[0]]
  if (!patient || !patientId || !doctor) return { joinPath: null, joinBirthDate: null }
  const find = () =>
    db.write(async (tx) => {
      await lockSchedule(tx, doctor.id)
      const now = clock.now()
      const around = { startsAt: now - dueWithinMs, endsAt: now + dueWithinMs }
      let due = await findDue(tx, patientId, around)
      if (!due) {
        await clearTime(
          tx,
          doctor.id,
          { startsAt: now - minuteMs, endsAt: now + visitMinutes * minuteMs },
          now,
        )
        const diary = new Diary(zone)
        diary.block(doctor.id, await busyCells(tx, doctor.id, { ...around, endsAt: now + 4 * dueWithinMs }))
        const booked = dueVisit({ clock, diary }, doctor, { patient, patientId })
        await insertBooked(tx, booked)
        audit.append(tx, ctx, { action: 'appointment.booked', patientId })
        due = booked[0]?.appointment.id ?? null
      }
      if (!due) return { joinPath: null, joinBirthDate: null }
      return {
        joinPath: new URL(await needs.joinAddressOf(tx, due)).pathname,
        joinBirthDate: patient.birthDate,
      }
    })
  try {
    return await find()
  } catch (error) {
    // Somebody booked the time, or a letter made the link, at once: the visit or its link is there now.
    if (isUniqueViolation(error)) return find()
    throw error
  }
}
