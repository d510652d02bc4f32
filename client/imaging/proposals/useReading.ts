import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { z } from 'zod'
import type { SnapshotId } from '#shared/ids.ts'
import { readTextOf } from '#shared/imaging-proposal.ts'
import { call } from '../../platform/api.ts'
import { newKey } from '../../platform/key.ts'

type Answer = z.output<typeof readTextOf.reply>

/** What was read off a picture, which proposal one looks at, and which are in the record. */
export interface Reading {
  /** Null: this picture was not read yet. */
  readonly answer: Answer | null
  readonly error: Error | null
  readonly isReading: boolean
  /** Has it read; hears how many values were found. */
  readonly read: (onRead: (found: number) => void) => void
  /** The proposal that the doctor looks at, by its place. */
  readonly pointed: number | null
  readonly point: (at: number | null) => void
  readonly keyOf: (at: number) => string
  readonly kept: ReadonlySet<number>
  readonly keep: (at: number) => void
}

interface Kept {
  readonly snapshotId: SnapshotId
  readonly answer: Answer
  /** One for each proposal: pressed twice, it is recorded once. */
  readonly keys: readonly string[]
  readonly kept: ReadonlySet<number>
}

/** One picture's reading; it ends when another picture is looked at and read. */
export function useReading(snapshotId: SnapshotId): Reading {
  const [last, setLast] = useState<Kept | null>(null)
  const [pointed, point] = useState<number | null>(null)
  const reading = useMutation({
    mutationFn: (id: SnapshotId) => call(readTextOf, { params: { snapshotId: id } }),
    onSuccess: (answer, id) => {
      setLast({ snapshotId: id, answer, keys: answer.proposals.map(newKey), kept: new Set() })
      point(null)
    },
  })
  const own = last?.snapshotId === snapshotId ? last : null
  const asked = reading.variables === snapshotId
  return {
    answer: own?.answer ?? null,
    error: asked ? reading.error : null,
    isReading: asked && reading.isPending,
    read: (onRead) => {
      reading.mutate(snapshotId, {
        onSuccess: ({ proposals }) => {
          onRead(proposals.length)
        },
      })
    },
    pointed: own ? pointed : null,
    point,
    keyOf: (at) => own?.keys[at] ?? '',
    kept: own?.kept ?? new Set(),
    keep: (at) => {
      if (own) setLast({ ...own, kept: new Set([...own.kept, at]) })
    },
  }
}
