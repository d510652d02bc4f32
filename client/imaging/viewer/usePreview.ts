import { useEffect, useState } from 'react'
import type { SnapshotId } from '#shared/ids.ts'

type Preview = readonly [ImageBitmap | null, (bitmap: ImageBitmap | null) => void]

/** What the enhancement panel tries out; closed when the next one comes, or another picture. */
export function usePreview(snapshotId: SnapshotId): Preview {
  const [preview, setPreview] = useState<{ of: SnapshotId; bitmap: ImageBitmap } | null>(null)
  useEffect(
    () => () => {
      preview?.bitmap.close()
    },
    [preview],
  )
  const show = (bitmap: ImageBitmap | null) => {
    setPreview(bitmap && { of: snapshotId, bitmap })
  }
  return [preview?.of === snapshotId ? preview.bitmap : null, show]
}
