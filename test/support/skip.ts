import Mocha, { type Context } from 'mocha'

const reasons = new WeakMap<object, string>()

/** Skips the running test, or all tests of the suite when called in a `before` hook. The reason is printed and counted. */
export function skipBecause(context: Context, reason: string): never {
  const here = context.runnable()
  reasons.set(here instanceof Mocha.Hook && here.parent !== undefined ? here.parent : here, reason)
  return context.skip()
}

interface Titled {
  parent?: Titled | undefined
}

/** Why a test did not run, or undefined when nobody said. */
export function skipReason(test: Titled): string | undefined {
  const reason = reasons.get(test)
  if (reason !== undefined || test.parent === undefined) return reason
  return skipReason(test.parent)
}
