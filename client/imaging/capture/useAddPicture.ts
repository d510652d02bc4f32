import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { addPicture, listSnapshots } from '#shared/imaging.ts'
import type { CallSession } from '../../consult/call/CallSession.ts'
import { call } from '../../platform/api.ts'
import { newKey } from '../../platform/key.ts'
import { keyOf } from '../../platform/query.ts'
import { importPicture } from './import-picture.ts'
import type { Taken } from './taken.ts'

/** A picture that nobody asked for: chosen, looked at, and then sent or not. `onSent` when it is there. */
export function useAddPicture(session: CallSession, onSent: () => void) {
  const queries = useQueryClient()
  const [chosen, setChosen] = useState<{ taken: Taken; idempotencyKey: string } | null>(null)
  /** The file that is wanted; one that was forgotten while it was read is not. */
  const wanted = useRef<File | null>(null)
  const reading = useMutation({
    mutationFn: (file: File) => importPicture(file),
    onSuccess: (taken, file) => {
      if (wanted.current === file) setChosen({ taken, idempotencyKey: newKey() })
    },
  })
  const sending = useMutation({
    mutationFn: async () => {
      if (!chosen) return
      await call(addPicture, {
        params: { consultId: session.consultId },
        query: { idempotencyKey: chosen.idempotencyKey },
        bytes: chosen.taken.picture,
      })
    },
    onSuccess: async () => {
      setChosen(null)
      onSent()
      await queries.invalidateQueries({ queryKey: keyOf(listSnapshots) })
    },
  })
  return {
    /** The picture before it is sent. */
    taken: chosen?.taken ?? null,
    reading: reading.isPending,
    sending: sending.isPending,
    /** The file that was chosen is none that this browser reads. */
    unreadable: reading.isError,
    /** Why sending failed. */
    error: sending.error,
    choose: (file: File) => {
      wanted.current = file
      sending.reset()
      reading.mutate(file)
    },
    send: () => {
      sending.mutate()
    },
    forget: () => {
      wanted.current = null
      reading.reset()
      sending.reset()
      setChosen(null)
    },
  }
}
