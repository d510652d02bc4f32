import type { ConsultId } from '#shared/ids.ts'
import type { PictureRect, SharedComparison } from '#shared/imaging-viewer.ts'

/** What of a comparison is seen, for those who look together. */
export interface TogetherView {
  readonly comparison: SharedComparison
  /** Of the later picture. */
  readonly rect: PictureRect
}

/** The consult in which a comparison can be shown, and whom to. */
export interface Together {
  readonly consultId: ConsultId
  readonly to: string
  /** Null: it is not shown any more. Always the same function. */
  readonly onShow: (view: TogetherView | null) => void
}
