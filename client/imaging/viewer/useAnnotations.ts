import { useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { SnapshotId } from '#shared/ids.ts'
import {
  addAnnotation,
  listAnnotations,
  removeAnnotation,
  restoreAnnotation,
  type Annotation,
  type AnnotationShape,
} from '#shared/imaging-viewer.ts'
import type { CallSession } from '../../consult/call/CallSession.ts'
import { call } from '../../platform/api.ts'
import { newKey } from '../../platform/key.ts'
import { read } from '../../platform/query.ts'
import { notify } from '../../ui/index.ts'
import { lastOf, without, withOne, withoutThoseOf, type Deed } from './deeds.ts'

interface Pending {
  readonly snapshotId: SnapshotId
  readonly shape: AnnotationShape
}

type Settled = (added: boolean) => void

export interface Annotations {
  readonly query: UseQueryResult<{ annotations: Annotation[] }>
  readonly list: readonly Annotation[]
  /** Those that the server does not know yet. */
  readonly pending: readonly AnnotationShape[]
  readonly canUndo: boolean
  readonly canRedo: boolean
  /** `settled` hears whether the server has it now. */
  readonly add: (shape: AnnotationShape, settled?: Settled) => void
  /** The old one goes only when the new one is there. */
  readonly replace: (old: Annotation, shape: AnnotationShape, settled?: Settled) => void
  readonly remove: (annotation: Annotation) => void
  readonly undo: () => void
  readonly redo: () => void
}

const none: readonly Annotation[] = []

/**
 * What is drawn over a picture, renewed by news; and the own deeds, which can be taken back one by one, each picture's by
 * themselves: the viewer goes from picture to picture, and taking back must not reach into another one.
 */
export function useAnnotations(snapshotId: SnapshotId, session: CallSession | null): Annotations {
  const queries = useQueryClient()
  const options = read(listAnnotations, { params: { snapshotId } })
  const query = useQuery({ ...options, refetchInterval: session ? 30_000 : false })
  const [pending, setPending] = useState<readonly Pending[]>([])
  const [past, setPast] = useState<readonly Deed[]>([])
  const [future, setFuture] = useState<readonly Deed[]>([])
  // One after the other: undo of what is still on its way would come too early.
  const queue = useRef<Promise<void>>(Promise.resolve())

  const renew = useCallback(() => {
    const { queryKey } = read(listAnnotations, { params: { snapshotId } })
    return queries.invalidateQueries({ queryKey })
  }, [queries, snapshotId])
  useEffect(
    () =>
      session?.onNews('annotation:changed', (news) => {
        if (news.snapshotId === snapshotId) void renew()
      }),
    [session, snapshotId, renew],
  )

  const inTurn = (work: () => Promise<void>) => {
    queue.current = queue.current.then(work).catch((error: unknown) => {
      notify.problem(error)
    })
  }
  const keep = (made: Annotation): Annotation => {
    queries.setQueryData(options.queryKey, (now) => ({ annotations: withOne(now?.annotations ?? [], made) }))
    return made
  }
  const post = async (shape: AnnotationShape): Promise<Annotation> => {
    const underWay = { snapshotId, shape }
    setPending((now) => [...now, underWay])
    try {
      const body = { shape, idempotencyKey: newKey() }
      return keep(await call(addAnnotation, { params: { snapshotId }, body }))
    } finally {
      setPending((now) => now.filter((one) => one !== underWay))
    }
  }
  /** Not drawn anew: an old calibration would become the newest one, and every length in the picture another. */
  const restore = async ({ id }: Annotation): Promise<Annotation> =>
    keep(await call(restoreAnnotation, { params: { annotationId: id } }))
  const take = async (annotation: Annotation): Promise<void> => {
    await call(removeAnnotation, { params: { annotationId: annotation.id } })
    queries.setQueryData(
      options.queryKey,
      (now) => now && { annotations: now.annotations.filter(({ id }) => id !== annotation.id) },
    )
  }
  /** Does the opposite, and tells how to take that back in turn. */
  const reverse = async ({ did, annotation }: Deed): Promise<Deed> => {
    if (did === 'removed') return { did: 'added', annotation: await restore(annotation) }
    await take(annotation)
    return { did: 'removed', annotation }
  }

  const draw = async (shape: AnnotationShape, settled?: Settled): Promise<void> => {
    let annotation: Annotation
    try {
      annotation = await post(shape)
    } catch (error) {
      settled?.(false)
      throw error
    }
    setPast((now) => [...now, { did: 'added', annotation }])
    setFuture((now) => withoutThoseOf(now, snapshotId))
    settled?.(true)
  }
  const erase = async (annotation: Annotation): Promise<void> => {
    await take(annotation)
    setPast((now) => [
      ...now.filter((deed) => deed.annotation.id !== annotation.id),
      { did: 'removed', annotation },
    ])
    setFuture((now) => withoutThoseOf(now, snapshotId))
  }

  const last = lastOf(past, snapshotId)
  const next = lastOf(future, snapshotId)
  return {
    query,
    list: query.data?.annotations ?? none,
    pending: pending.filter((one) => one.snapshotId === snapshotId).map(({ shape }) => shape),
    canUndo: last !== undefined,
    canRedo: next !== undefined,
    add(shape, settled) {
      inTurn(() => draw(shape, settled))
    },
    replace(old, shape, settled) {
      inTurn(async () => {
        await draw(shape, settled)
        await erase(old)
      })
    },
    remove(annotation) {
      inTurn(() => erase(annotation))
    },
    undo() {
      if (!last) return
      setPast((now) => without(now, last))
      inTurn(async () => {
        const undone = await reverse(last)
        setFuture((now) => [...now, undone])
      })
    },
    redo() {
      if (!next) return
      setFuture((now) => without(now, next))
      inTurn(async () => {
        const redone = await reverse(next)
        setPast((now) => [...now, redone])
      })
    },
  }
}
