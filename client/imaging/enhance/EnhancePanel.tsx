import { Suspense } from 'react'
import type { EnhancementId } from '#shared/ids.ts'
import type { Snapshot } from '#shared/imaging.ts'
import type { PicturePoint } from '#shared/imaging-viewer.ts'
import { Loading } from '../../ui/index.ts'
import { EnhanceForDoctor } from './EnhanceForDoctor.tsx'
import { EnhanceForPatient } from './EnhanceForPatient.tsx'

export type PlaceListener = (place: PicturePoint | null) => void

export type AskForPlace = (listener: PlaceListener) => () => void

export interface EnhancePanelProps {
  snapshot: Snapshot
  /** The enhancement that the viewer shows; null for the original or the automatic one. */
  shown: EnhancementId | null
  /** The viewer shows this one from now on; null goes back to what it showed without an enhancement. */
  onShow: (id: EnhancementId | null) => void
  /**
   * What the steps being tried make of the whole original, upright, as large as the screen needs; null when nothing is
   * being tried. It belongs to the viewer, who closes it when the next one comes.
   */
  onPreview: (preview: ImageBitmap | null) => void
  /**
   * Asks for a place on the picture: the next one that is tapped, or null when somebody thinks better of it. Gives what
   * withdraws this request, and no other.
   */
  onAskForPlace: AskForPlace
  /** Patients see the enhancements that there are; only doctors make them. */
  mayEnhance: boolean
}

/** Ways to bring out what the picture shows: by name, or step by step. */
export function EnhancePanel({ mayEnhance, ...props }: EnhancePanelProps) {
  // The texts of this panel are loaded with it.
  return (
    <Suspense fallback={<Loading />}>
      {mayEnhance ? (
        <EnhanceForDoctor key={props.snapshot.id} {...props} />
      ) : (
        <EnhanceForPatient {...props} />
      )}
    </Suspense>
  )
}
