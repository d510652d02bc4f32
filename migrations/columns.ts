import { TableColumn, type QueryRunner, type TableColumnOptions } from 'typeorm'

type Extra = Pick<TableColumnOptions, 'isPrimary' | 'isNullable'>

/**
 * The column kinds that migrations share, the same on both engines. Released migrations use these: never change what
 * one of them means, add another.
 */
export function columnsOf(runner: QueryRunner) {
  const exact =
    runner.connection.options.type === 'mysql' ? { charset: 'utf8mb4', collation: 'utf8mb4_bin' } : {}
  const varchar = (name: string, length: number, extra: Extra) =>
    new TableColumn({ name, type: 'varchar', length: String(length), ...extra })
  const bigint = (name: string, extra: Extra = {}) => new TableColumn({ name, type: 'bigint', ...extra })

  return {
    /** A UUID as text. */
    id: (name: string, extra: Extra = {}) => varchar(name, 36, extra),
    /** 64 hexadecimal digits. */
    hash: (name: string, extra: Extra = {}) => varchar(name, 64, extra),
    /** UTC epoch milliseconds. */
    instant: bigint,
    /** A whole number up to 2^53. */
    big: bigint,
    integer: (name: string, extra: Extra = {}) => new TableColumn({ name, type: 'int', ...extra }),
    flag: (name: string, extra: Extra = {}) => new TableColumn({ name, type: 'boolean', ...extra }),
    /** A code, state, kind or key: our words, compared byte by byte. */
    word: (name: string, length: number, extra: Extra = {}) =>
      new TableColumn({ name, type: 'varchar', length: String(length), ...exact, ...extra }),
    /** What a person wrote or is called. */
    phrase: (name: string, length: number, extra: Extra = {}) => varchar(name, length, extra),
    /** Text of up to 64 kB: a message, JSON. */
    text: (name: string, extra: Extra = {}) => new TableColumn({ name, type: 'text', ...extra }),
  }
}
