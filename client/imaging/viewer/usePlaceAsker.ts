import type { SnapshotId } from '#shared/ids.ts'
import type { PlaceListener } from '../enhance/EnhancePanel.tsx'
import type { OutlineWork } from '../outline/useOutlining.ts'
import { useOfPicture } from './useOfPicture.ts'

type Side = 'inside' | 'outside'

/** Who wants to know a place on the picture: the outline at hand, or a panel. */
type Asker = { readonly side: Side } | { readonly listener: PlaceListener }

export interface PlaceAsker {
  /** Gets the next tap, or null when there will be none; null: nobody asks. */
  readonly placed: PlaceListener | null
  /** What the outline asks for. */
  readonly side: Side | null
  readonly askForSide: (side: Side | null) => void
  /** Returns how to ask no more. */
  readonly askForPlace: (listener: PlaceListener) => () => void
}

/** One at a time may ask for a place: who asked before is told that none comes. */
export function usePlaceAsker(snapshotId: SnapshotId, outline: OutlineWork): PlaceAsker {
  const [asker, setAsker] = useOfPicture<Asker>(snapshotId)
  const side = asker && 'side' in asker ? asker.side : null
  // Kept, discarded, or another one: the tap was meant for the outline that was there.
  if (side && !outline.takesTaps) setAsker(null)
  const placed: PlaceListener = (at) => {
    setAsker(null)
    if (!asker) return
    if ('listener' in asker) asker.listener(at)
    else if (at) outline.tap(asker.side, at)
  }
  return {
    placed: asker && placed,
    side,
    askForSide: (next) => {
      placed(null)
      setAsker(next && { side: next })
    },
    askForPlace: (listener) => {
      placed(null)
      setAsker({ listener })
      return () => {
        setAsker((now) => (now && 'listener' in now && now.listener === listener ? null : now))
      }
    },
  }
}
