import i18next from 'i18next'
import { useCallback, useEffect, useSyncExternalStore } from 'react'
import type { EncounterId } from '#shared/ids.ts'
import type { Draft } from './note-draft.ts'
import { NoteDraft, noteServer } from './NoteDraft.ts'

/** Drafts outlive the screens: a text that could not be sent yet is still here when the doctor comes back. */
const drafts = new Map<EncounterId, NoteDraft>()

function draftOf(encounterId: EncounterId): NoteDraft {
  const known = drafts.get(encounterId)
  if (known) return known
  for (const [other, draft] of drafts) {
    if (draft.pending) continue
    draft.close()
    drafts.delete(other)
  }
  const draft = new NoteDraft(noteServer(encounterId), {
    mark: () => i18next.t('records:note.otherVersion'),
  })
  drafts.set(encounterId, draft)
  return draft
}

export function useNoteDraft(encounterId: EncounterId): { draft: Draft; note: NoteDraft } {
  const note = draftOf(encounterId)
  const subscribe = useCallback((changed: () => void) => note.onChange(changed), [note])
  const draft = useSyncExternalStore(subscribe, () => note.draft)
  useEffect(() => {
    void note.load()
  }, [note])
  return { draft, note }
}
