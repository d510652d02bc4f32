import { EntitySchema } from 'typeorm'
import type { AppointmentId, OrganizationId, PractitionerId, RecordId } from '#shared/ids.ts'
import { idColumn, instantColumn } from '../platform/columns.ts'

/** One practitioner's bookable time. A practitioner has one schedule, so both share their id. */
export type ScheduleRow = {
  id: PractitionerId
  organizationId: OrganizationId
  /** IANA zone in which the rules' wall-clock minutes are read. */
  zone: string
  createdAt: number
}

export const scheduleEntity = new EntitySchema<ScheduleRow>({
  name: 'schedule',
  columns: {
    id: idColumn('id', { primary: true }),
    organizationId: idColumn('organization_id'),
    zone: { type: 'varchar', length: 64 },
    createdAt: instantColumn('created_at'),
  },
  indices: [{ name: 'schedule_organization', columns: ['organizationId'] }],
})

/** Every week on this ISO weekday (1 is Monday), from one wall-clock minute of the day to another (0 to 1440). */
export type AvailabilityRuleRow = {
  id: RecordId
  scheduleId: PractitionerId
  weekday: number
  startMinute: number
  endMinute: number
}

export const availabilityRuleEntity = new EntitySchema<AvailabilityRuleRow>({
  name: 'availability_rule',
  columns: {
    id: idColumn('id', { primary: true }),
    scheduleId: idColumn('schedule_id', {
      foreignKey: { target: 'schedule', name: 'availability_rule_schedule_fk', onDelete: 'CASCADE' },
    }),
    weekday: { type: 'int' },
    startMinute: { name: 'start_minute', type: 'int' },
    endMinute: { name: 'end_minute', type: 'int' },
  },
  indices: [{ name: 'availability_rule_schedule', columns: ['scheduleId', 'weekday'] }],
})

/** On this day the weekly rules are widened (`open`) or narrowed (`closed`) between two wall-clock minutes. */
export type AvailabilityExceptionRow = {
  id: RecordId
  scheduleId: PractitionerId
  date: string
  kind: 'open' | 'closed'
  startMinute: number
  endMinute: number
}

export const availabilityExceptionEntity = new EntitySchema<AvailabilityExceptionRow>({
  name: 'availability_exception',
  columns: {
    id: idColumn('id', { primary: true }),
    scheduleId: idColumn('schedule_id', {
      foreignKey: { target: 'schedule', name: 'availability_exception_schedule_fk', onDelete: 'CASCADE' },
    }),
    date: { type: 'varchar', length: 10 },
    kind: { type: 'varchar', length: 10 },
    startMinute: { name: 'start_minute', type: 'int' },
    endMinute: { name: 'end_minute', type: 'int' },
  },
  indices: [{ name: 'availability_exception_schedule', columns: ['scheduleId', 'date'] }],
})

/**
 * Five minutes of one appointment. The primary key is what makes double booking impossible: two transactions cannot
 * both insert the same cell, whatever their isolation level.
 */
export type BookingCellRow = {
  scheduleId: PractitionerId
  cellStart: number
  /** 0; more lanes would let a schedule hold several visits at once. */
  lane: number
  appointmentId: AppointmentId
}

export const bookingCellEntity = new EntitySchema<BookingCellRow>({
  name: 'booking_cell',
  columns: {
    scheduleId: idColumn('schedule_id', {
      primary: true,
      foreignKey: { target: 'schedule', name: 'booking_cell_schedule_fk' },
    }),
    cellStart: instantColumn('cell_start', { primary: true }),
    lane: { type: 'int', primary: true },
    appointmentId: idColumn('appointment_id', {
      foreignKey: { target: 'appointment', name: 'booking_cell_appointment_fk' },
    }),
  },
  indices: [{ name: 'booking_cell_appointment', columns: ['appointmentId'] }],
})
