import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { z } from 'zod'
import type { SnapshotId } from '#shared/ids.ts'
import { readTextOf } from '#shared/imaging-proposal.ts'
import { call } from '../../platform/api.ts'
import { carriedOver, newCard, type Card } from './reading-cards.ts'

type Answer = z.output<typeof readTextOf.reply>

/** What was read off a picture, which proposal one looks at, and what the doctor has done with each. */
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
  readonly cardOf: (at: number) => Card
  readonly change: (at: number, change: Partial<Card>) => void
}

interface Read {
  readonly answer: Answer
  /** One for each proposal. */
  readonly cards: readonly Card[]
}

/** The readings of the pictures that are looked at; read again, what is the same keeps what was done with it. */
export function useReading(snapshotId: SnapshotId): Reading {
  const [readings, setReadings] = useState<ReadonlyMap<SnapshotId, Read>>(new Map())
  const [pointed, point] = useState<number | null>(null)
  const reading = useMutation({
    mutationFn: (id: SnapshotId) => call(readTextOf, { params: { snapshotId: id } }),
    onSuccess: (answer, id) => {
      setReadings((before) => {
        const last = before.get(id)
        const cards = carriedOver(last?.answer.proposals ?? [], last?.cards ?? [], answer.proposals)
        return new Map(before).set(id, { answer, cards })
      })
      point(null)
    },
  })
  const own = readings.get(snapshotId)
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
    cardOf: (at) => own?.cards[at] ?? newCard,
    change: (at, change) => {
      setReadings((before) => {
        const read = before.get(snapshotId)
        const card = read?.cards[at]
        if (!read || !card) return before
        return new Map(before).set(snapshotId, {
          ...read,
          cards: read.cards.with(at, { ...card, ...change }),
        })
      })
    },
  }
}
