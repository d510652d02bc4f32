import type { SnapshotId } from '#shared/ids.ts'
import type { Annotation } from '#shared/imaging-viewer.ts'

/** What somebody did to a picture, to be taken back. */
export interface Deed {
  readonly did: 'added' | 'removed'
  readonly annotation: Annotation
}

/** The list with this one in it, once, oldest first as the server gives it: of calibrations the last one counts. */
export function withOne(list: readonly Annotation[], one: Annotation): Annotation[] {
  return [...list.filter(({ id }) => id !== one.id), one].sort(
    (a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1),
  )
}

/** The newest deed on this picture. */
export function lastOf(deeds: readonly Deed[], snapshotId: SnapshotId): Deed | undefined {
  return deeds.findLast(({ annotation }) => annotation.snapshotId === snapshotId)
}

export function without(deeds: readonly Deed[], deed: Deed): readonly Deed[] {
  return deeds.filter((one) => one !== deed)
}

/** Those on other pictures. */
export function withoutThoseOf(deeds: readonly Deed[], snapshotId: SnapshotId): readonly Deed[] {
  return deeds.filter(({ annotation }) => annotation.snapshotId !== snapshotId)
}
