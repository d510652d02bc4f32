type Cleanup = () => Promise<void>

const cleanups: Cleanup[] = []

/** Registers something to undo when this mocha process has run all its tests; last registered, first undone. */
export function onRunEnd(cleanup: Cleanup): void {
  cleanups.push(cleanup)
}

/** Called by mocha itself (see .mocharc.json). Undoes everything even when one part fails, then reports the failures. */
export async function mochaGlobalTeardown(): Promise<void> {
  const failures: unknown[] = []
  for (const cleanup of cleanups.splice(0).reverse()) {
    try {
      await cleanup()
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Cleaning up after the tests failed')
}
