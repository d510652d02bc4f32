import { setTimeout as pause } from 'node:timers/promises'

/**
 * Polls until `condition` gives something truthy and returns that. A condition that throws counts as not yet.
 * Looks less often the longer it lasts, so that asking a server does not run into its limits. Fails with `what` in words, and the last reason, after `timeoutMs`.
 */
export async function waitFor<T>(
  what: string,
  condition: () => T | Promise<T>,
  timeoutMs = 10_000,
): Promise<T> {
  const deadline = performance.now() + timeoutMs
  let reason: unknown
  for (let pauseMs = 25; ; pauseMs = Math.min(pauseMs + 5, 150)) {
    try {
      const value = await condition()
      if (value) return value
      reason = undefined
    } catch (error) {
      reason = error
    }
    if (performance.now() > deadline) {
      throw new Error(`Waited ${timeoutMs / 1000} s in vain: ${what}`, { cause: reason })
    }
    await pause(pauseMs)
  }
}
