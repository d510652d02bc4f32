import type { TFunction } from 'i18next'
import { ApiError } from './api.ts'

export interface ErrorWords {
  /** What happened, for people. */
  readonly what: string
  /** What to do next. */
  readonly next: string
  /** True when support may be needed: it is not something the reader can put right. */
  readonly ours: boolean
  /** To quote to support; null when there is none. */
  readonly code: string | null
  readonly retryable: boolean
}

/** An error in the reader's words. Unknown errors become the general sentence, never a stack. */
export function describeError(error: unknown, t: TFunction<'common'>): ErrorWords {
  if (!(error instanceof ApiError)) {
    return {
      what: t('errors.internal.what'),
      next: t('errors.internal.next'),
      code: null,
      retryable: true,
      ours: true,
    }
  }
  return {
    what: t(`errors.${error.code}.what`),
    next: t(`errors.${error.code}.next`),
    ours: error.status >= 500 || error.code === 'unexpected_reply',
    code: error.requestId === null ? null : `${error.code} · ${error.requestId}`,
    retryable: error.retryable,
  }
}
