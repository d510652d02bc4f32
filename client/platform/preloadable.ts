import { lazy, type ComponentType, type LazyExoticComponent } from 'react'

export type Preloadable<P> = LazyExoticComponent<ComponentType<P>> & {
  /** Loads it before it is rendered. Doing it twice changes nothing; after a failure it tries again. */
  readonly preload: () => Promise<void>
}

/**
 * A component that is loaded when it is first rendered, or before by `preload`. What is there already is rendered at once:
 * React.lazy alone would show the fallback even then, and React keeps a fallback for at least 300 ms.
 */
export function preloadable<P>(load: () => Promise<ComponentType<P>>): Preloadable<P> {
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
  const component = lazy(() => (loaded ? atOnce({ default: loaded }) : start()))
  return Object.assign(component, {
    preload: async () => {
      await start()
    },
  })
}

/** A promise that calls back without waiting for a turn; React reads it in the same render. */
function atOnce<T>(value: T): Promise<T> {
  const promise = Promise.resolve(value)
  const then: Promise<T>['then'] = (done, failed) => {
    done?.(value)
    return promise.then(undefined, failed)
  }
  return Object.assign(promise, { then })
}
