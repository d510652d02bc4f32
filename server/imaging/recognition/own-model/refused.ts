const refusals = ['does_not_open', 'wrong_shape'] as const
export type RefusalCode = (typeof refusals)[number]

/** The network is not what its manifest says; another try gives the same. */
export class ModelRefused extends Error {
  override readonly name = 'ModelRefused'
  readonly code: RefusalCode

  constructor(code: RefusalCode, reason: string) {
    super(reason)
    this.code = code
  }
}

export function isRefusalCode(code: string): code is RefusalCode {
  return refusals.some((known) => known === code)
}
