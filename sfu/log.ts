/** Where the SFU writes what happened: ids and numbers, a constant sentence. pino's loggers fit. */
export interface SfuLog {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}
