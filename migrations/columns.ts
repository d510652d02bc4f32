import { TableColumn, type QueryRunner, type TableColumnOptions } from 'typeorm'

type Extra = Partial<Pick<TableColumnOptions, 'isPrimary' | 'isNullable' | 'isUnique'>>

/**
 * The column kinds of Bedside's tables, the same on both engines. On MySQL ids and words of ours compare byte by byte
 * and people's texts by the rules of Unicode, whatever the server's defaults are. Old migrations use these: never
 * change what one of them means, add another.
 */
export function columnsOf(runner: QueryRunner) {
  const mysql = runner.connection.options.type === 'mysql'
  const exact = mysql ? { charset: 'utf8mb4', collation: 'utf8mb4_bin' } : {}
  const human = mysql ? { charset: 'utf8mb4', collation: 'utf8mb4_unicode_ci' } : {}
  const column = (options: TableColumnOptions) => new TableColumn(options)

  return {
    /** A UUID of ours, or of another table's row. */
    id: (name: string, extra: Extra = {}) => column({ name, type: 'char', length: '36', ...exact, ...extra }),
    /** UTC epoch milliseconds. */
    instant: (name: string, extra: Extra = {}) => column({ name, type: 'bigint', ...extra }),
    /** Whole numbers up to 2^53. */
    big: (name: string, extra: Extra = {}) => column({ name, type: 'bigint', ...extra }),
    integer: (name: string, extra: Extra = {}) => column({ name, type: 'int', ...extra }),
    real: (name: string, extra: Extra = {}) => column({ name, type: 'double', ...extra }),
    flag: (name: string, extra: Extra = {}) => column({ name, type: 'boolean', ...extra }),
    /** A calendar day, YYYY-MM-DD. */
    day: (name: string, extra: Extra = {}) =>
      column({ name, type: 'char', length: '10', ...exact, ...extra }),
    /** A code, state, kind or zone: our words, compared byte by byte. */
    word: (name: string, length: number, extra: Extra = {}) =>
      column({ name, type: 'varchar', length: String(length), ...exact, ...extra }),
    /** 64 hexadecimal digits. */
    hash: (name: string, extra: Extra = {}) =>
      column({ name, type: 'char', length: '64', ...exact, ...extra }),
    /** What a person wrote or is called, up to `length` characters. */
    phrase: (name: string, length: number, extra: Extra = {}) =>
      column({ name, type: 'varchar', length: String(length), ...human, ...extra }),
    /** Text without a useful limit: notes, JSON. */
    text: (name: string, extra: Extra = {}) =>
      column({ name, type: mysql ? 'mediumtext' : 'text', ...human, ...extra }),
  }
}
