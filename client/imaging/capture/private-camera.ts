import { useCallback, useRef, useSyncExternalStore } from 'react'

/** The same camera on a track that nobody else sees. Whoever asks for it stops it. */
export function privateCamera(published: MediaStreamTrack): MediaStreamTrack {
  const own = published.clone()
  own.enabled = true
  return own
}

/**
 * What the camera films for the own eyes only. While the call is `dark` it stays dark: the track that is sent remains
 * switched off, and a copy of it films meanwhile.
 */
export function usePrivateCamera(published: MediaStreamTrack | null, dark: boolean): MediaStreamTrack | null {
  const held = useRef<MediaStreamTrack | null>(null)
  const film = useCallback(
    (changed: () => void) => {
      const own = published && dark ? privateCamera(published) : null
      held.current = own
      changed()
      return () => {
        own?.stop()
        held.current = null
      }
    },
    [published, dark],
  )
  const own = useSyncExternalStore(film, () => held.current)
  return dark ? own : published
}
