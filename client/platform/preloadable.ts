import { createElement, lazy, useState, type ComponentType } from 'react'

export type Preloadable<P> = ComponentType<P> & {
  /** Loads it before it is rendered. Doing it twice changes nothing; after a failure it tries again. */
  readonly preload: () => Promise<void>
}

/**
 * A component that is loaded when it is first rendered, or before by `preload`. What is there already is rendered at once:
 * React.lazy alone would show the fallback even then, and React keeps a fallback for at least 300 ms.
 */
export function preloadable<P extends object>(load: () => Promise<ComponentType<P>>): Preloadable<P> {
  let loaded: ComponentType<P> | null = null
  let loading: Promise<{ default: ComponentType<P> }> | null = null
  const start = () => {
    loading ??= load().then(
      (component) => {
        loaded = component
        return { default: component }
      },
      (error: unknown) => {
        loading = null
        throw error
      },
    )
    return loading
  }
  const Later = lazy(start) as ComponentType<P>

  function Loaded(props: P) {
    // For as long as it is shown it stays what it was, or it would lose its state when the rest arrives.
    const [shown] = useState(() => loaded ?? Later)
    return createElement(shown, props)
  }
  return Object.assign(Loaded, {
    preload: async () => {
      await start()
    },
  })
}
