import { AppointmentId, EncounterId, NoteId } from '#shared/ids.ts'
import type { OrganizationId, PatientId, PractitionerId } from '#shared/ids.ts'
import type { AppointmentStatus } from '#shared/scheduling.ts'
import { cellMs } from '#shared/scheduling.ts'
import { dayMs, minuteMs } from '#shared/time.ts'
import type { Instant } from '#shared/time.ts'
import type { Clock } from '../platform/clock.ts'
import { newId } from '../platform/ids.ts'
import type { EncounterRow } from '../records/encounter.entity.ts'
import type { NoteRow, NoteVersionRow } from '../records/note.entity.ts'
import { sealOf } from '../records/seal.ts'
import type { AppointmentRow } from '../scheduling/appointment.entity.ts'
import type { BookingCellRow } from '../scheduling/schedule.entity.ts'
import type { DemoPatient } from './cast.ts'
import { visitMinutes } from './diary.ts'
import { storyOf } from './texts.ts'
import type { Stage } from './texts.ts'
import type { Reading } from './vital-signs.ts'

export type Doctor = {
  id: PractitionerId
  organizationId: OrganizationId
  displayName: string
}

export type VisitOf = {
  clock: Clock
  patient: DemoPatient
  patientId: PatientId
  doctor: Doctor
  zone: string
  startsAt: Instant
}
export type BookedRows = { appointment: AppointmentRow; cells: BookingCellRow[] }

/** A booked visit with its cells, as scheduling would have written them. */
export function bookedVisit(visit: VisitOf, status: AppointmentStatus, reason: string): BookedRows {
  const { clock, patientId, doctor, zone, startsAt } = visit
  const id = newId(AppointmentId, clock)
  const endsAt = startsAt + visitMinutes * minuteMs
  const bookedAt = Math.min(clock.now(), startsAt - 5 * dayMs)
  return {
    appointment: {
      id,
      organizationId: doctor.organizationId,
      practitionerId: doctor.id,
      patientId,
      status,
      startsAt,
      endsAt,
      zone,
      reason,
      cancelReason: null,
      version: status === 'booked' ? 1 : 2,
      followsEncounterId: null,
      createdAt: bookedAt,
      updatedAt: status === 'booked' ? bookedAt : endsAt,
    },
    cells: Array.from({ length: (endsAt - startsAt) / cellMs }, (_, n) => ({
      scheduleId: doctor.id,
      cellStart: startsAt + n * cellMs,
      lane: 0,
      appointmentId: id,
    })),
  }
}

export type SignedRows = BookedRows & { encounter: EncounterRow; note: NoteRow; text: NoteVersionRow }

/** A visit that took place, with its signed note. */
export function signedVisit(visit: VisitOf, stage: Stage, reading: Reading): SignedRows {
  const { clock, patient, patientId, doctor, startsAt } = visit
  const story = storyOf(patient.illnesses[0], patient.locale)
  const booked = bookedVisit(visit, 'fulfilled', stage === 'first' ? story.reason : story.review)
  const encounterId = newId(EncounterId, clock)
  const noteId = newId(NoteId, clock)
  const startedAt = startsAt + 2 * minuteMs
  const endedAt = startsAt + 21 * minuteMs
  const signedAt = startsAt + 26 * minuteMs
  const { subjective, assessment, plan } = story[stage]
  const content = { subjective, objective: objectiveOf(patient, reading), assessment, plan }
  const sealed = { noteId, encounterId, version: 1, practitionerId: doctor.id, signedAt, content }
  return {
    ...booked,
    encounter: {
      id: encounterId,
      organizationId: doctor.organizationId,
      patientId,
      practitionerId: doctor.id,
      practitionerName: doctor.displayName,
      appointmentId: booked.appointment.id,
      consultId: null,
      status: 'finished',
      reason: booked.appointment.reason,
      startedAt,
      endedAt,
    },
    note: {
      id: noteId,
      encounterId,
      patientId,
      status: 'signed',
      version: 1,
      updatedAt: signedAt,
      signedAt,
      signedBy: doctor.id,
      signerName: doctor.displayName,
      sha256: sealOf(sealed),
    },
    text: { noteId, version: 1, ...content, authorId: doctor.id, begunAt: startedAt, savedAt: signedAt },
  }
}

function objectiveOf({ locale }: DemoPatient, reading: Reading): string {
  const { systolic, diastolic, pulse, temperature, saturation, weight, glucose } = reading
  if (locale === 'zh-CN') {
    const sugar = glucose === null ? '' : `，血糖 ${glucose} mmol/L`
    return `家中测量：血压 ${systolic}/${diastolic} mmHg，脉搏 ${pulse} 次/分，体温 ${temperature} ℃，血氧 ${saturation}%，体重 ${weight} kg${sugar}。视频中一般情况好。`
  }
  const sugar = glucose === null ? '' : `, glucose ${glucose} mmol/L`
  return `Measured at home: BP ${systolic}/${diastolic} mmHg, pulse ${pulse}/min, ${temperature} °C, SpO2 ${saturation} %, ${weight} kg${sugar}. Looks well on camera.`
}
