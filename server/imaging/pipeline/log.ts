/** The part of a logger that is used: fields, then a constant sentence. */
export type PipelineLog = Record<'info' | 'warn' | 'error', (fields: object, message: string) => void>

export const quietLog: PipelineLog = { info: () => undefined, warn: () => undefined, error: () => undefined }
