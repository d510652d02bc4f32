import i18next, { type Namespace } from 'i18next'
import type { ComponentType } from 'react'
import { preloadable, type Preloadable } from '../platform/preloadable.ts'

/** A part of the page is gone from the server because a new version was installed meanwhile. */
export class OutdatedPage extends Error {
  constructor(cause: unknown) {
    super('A part of the page could not be loaded', { cause })
    this.name = 'OutdatedPage'
  }
}

/** A screen that is loaded, with the texts of its domain, when its route is first opened. */
export function screen(texts: Namespace, load: () => Promise<ComponentType>): Preloadable<object> {
  return preloadable(async () => {
    try {
      const [component] = await Promise.all([load(), i18next.loadNamespaces(texts)])
      return component
    } catch (cause) {
      throw new OutdatedPage(cause)
    }
  })
}
