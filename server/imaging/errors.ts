import { DomainError } from '#shared/errors.ts'
import { ImageRejected, ProcessesBusy, ProcessFailed } from './pipeline/index.ts'
import type { RejectCode } from './pipeline/index.ts'

const rejections = {
  unsupported_type: 'unsupported_media',
  too_large: 'payload_too_large',
  too_many_pixels: 'payload_too_large',
  truncated: 'image_rejected',
  animated: 'unsupported_media',
  unreadable: 'image_rejected',
} as const satisfies Record<RejectCode, string>

/** Why the pipeline or a model gave nothing, as a fact that may leave the house; anything else is handed back as it is. */
export function asFact(error: unknown): unknown {
  if (error instanceof ImageRejected) {
    const params = { reason: error.code, ...(error.detected ? { detected: error.detected } : {}) }
    return new DomainError(rejections[error.code], params, error)
  }
  if (error instanceof ProcessesBusy)
    return new DomainError('busy', { retryAfterMs: error.retryAfterMs }, error)
  if (error instanceof ProcessFailed) return new DomainError('unavailable', undefined, error)
  return error
}

export const notFound = () => new DomainError('not_found')
export const tooManyEnhancements = () => new DomainError('limit_reached')
/** A key names one intention: other bytes are another one. */
export const keyOfAnother = () => new DomainError('conflict')
/** `reason`: there are as many as a visit may have, or they weigh as much. */
export const picturesFull = (reason: 'count' | 'bytes') => new DomainError('pictures_full', { reason })
export const declined = () => new DomainError('snapshot_declined')
export const consentMissing = () => new DomainError('consent_required')
/** Answered already, or too late: the doctor may ask again. */
export const notOpen = () => new DomainError('conflict', { reason: 'request_not_open' })
