import { useEffect, useEffectEvent, useRef, useState } from 'react'
import type { Snapshot } from '#shared/imaging.ts'
import { PresetName, presets, type Area, type Step } from '#shared/imaging-recipe.ts'
import type { JudgedPatch } from './judge-patch.ts'
import { Preview, type PreviewProblem } from './Preview.ts'

export interface Previewing {
  /** Shows these steps; null shows nothing any more. */
  show: (steps: readonly Step[] | null) => void
  /** Whether this place may stand for white or grey; null when that cannot be told. */
  judge: (patch: Area) => Promise<JudgedPatch | null>
  problem: PreviewProblem | null
  /** What each preset makes of this picture, small; empty until they are there. */
  thumbnails: ReadonlyMap<PresetName, ImageBitmap>
}

/**
 * Tries steps on the picture for as long as the panel is there. `small` makes thumbnails too; without them, the picture is loaded
 * and the worker started only when there is something to try.
 */
export function usePreview(
  snapshot: Snapshot,
  onPreview: (picture: ImageBitmap | null) => void,
  { small }: { small: boolean },
): Previewing {
  const held = useRef<Preview | null>(null)
  const wanted = useRef<readonly Step[] | null>(null)
  const [opened, setOpened] = useState(small)
  const [problem, setProblem] = useState<PreviewProblem | null>(null)
  const [thumbnails, setThumbnails] = useState<ReadonlyMap<PresetName, ImageBitmap>>(new Map())
  const hand = useEffectEvent(onPreview)
  const openPreview = useEffectEvent(
    () =>
      new Preview(snapshot, {
        onMade: (picture) => {
          setProblem(null)
          hand(picture)
        },
        onProblem: setProblem,
      }),
  )
  useEffect(() => {
    if (!opened) return
    const preview = openPreview()
    held.current = preview
    if (wanted.current) preview.show(wanted.current)
    if (small) void collect(preview).then(setThumbnails)
    return () => {
      held.current = null
      wanted.current = null
      preview.close()
      hand(null)
    }
  }, [snapshot.id, small, opened])
  return {
    show(steps) {
      setProblem(null)
      wanted.current = steps
      if (steps) setOpened(true)
      held.current?.show(steps)
      if (steps === null) onPreview(null)
    },
    judge: async (patch) => (await held.current?.judge(patch)) ?? null,
    problem,
    thumbnails,
  }
}

async function collect(preview: Preview): Promise<ReadonlyMap<PresetName, ImageBitmap>> {
  const made = new Map<PresetName, ImageBitmap>()
  for (const name of PresetName.options) {
    const picture = await preview.thumbnail(presets[name].steps)
    if (picture) made.set(name, picture)
  }
  return made
}
