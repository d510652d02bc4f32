export type Print = (text: string) => void

/**
 * Does all works at once, and prints what they say as if they came one after another: the first as it comes, each
 * further one from when those before it have ended.
 */
export async function sideBySide<T>(
  works: readonly ((print: Print) => Promise<T>)[],
  out: Print,
): Promise<T[]> {
  const held = works.map((): string[] => [])
  const ended = works.map(() => false)
  let turn = 0

  function goOn(): void {
    for (; turn < works.length; turn++) {
      for (const text of held[turn]?.splice(0) ?? []) out(text)
      if (!ended[turn]) return
    }
  }

  return Promise.all(
    works.map(async (work, place) => {
      try {
        return await work((text) => {
          held[place]?.push(text)
          goOn()
        })
      } finally {
        ended[place] = true
        goOn()
      }
    }),
  )
}
