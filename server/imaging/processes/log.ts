/** The part of a logger that is used: fields, then a constant sentence. */
export type ProcessLog = Record<'info' | 'warn' | 'error', (fields: object, message: string) => void>

export const quietLog: ProcessLog = { info: () => undefined, warn: () => undefined, error: () => undefined }
