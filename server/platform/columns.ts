import type { EntitySchemaColumnOptions } from 'typeorm'
import type { Instant } from '#shared/time.ts'

/** A UUIDv7 as text. Not `char`: TypeORM knows that type on one engine only. */
export function idColumn(name: string, more: Partial<EntitySchemaColumnOptions> = {}) {
  return { ...more, name, type: 'varchar', length: 36 } as const
}

/** A point in time as epoch milliseconds; MySQL's driver hands such columns over as text. */
export function instantColumn(name: string, more: Partial<EntitySchemaColumnOptions> = {}) {
  return { ...more, name, type: 'bigint', transformer: instantText } as const
}

const instantText = {
  to: (value: Instant | null | undefined) => value,
  from: (value: string | number | null) => (value === null ? null : Number(value)),
}
