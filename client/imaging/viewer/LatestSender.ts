interface Options<T> {
  send: (value: T) => Promise<unknown>
  /** At least this long between two sendings. */
  everyMs: number
  /** No more than so many may wait for their answer: on a slow line there are fewer, never a queue. */
  maxUnderWay: number
  failed: (error: unknown) => void
}

/** Sends the newest value as often as the line allows; what was overtaken before its turn is never sent. */
export class LatestSender<T> {
  readonly #options: Options<T>
  #waiting: { value: T } | null = null
  #underWay = 0
  #timer: ReturnType<typeof setTimeout> | null = null

  constructor(options: Options<T>) {
    this.#options = options
  }

  send(value: T): void {
    this.#waiting = { value }
    this.#next()
  }

  /** What waits is forgotten. */
  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    this.#waiting = null
  }

  #next(): void {
    const { send, everyMs, maxUnderWay, failed } = this.#options
    if (this.#timer !== null || this.#waiting === null || this.#underWay >= maxUnderWay) return
    const { value } = this.#waiting
    this.#waiting = null
    this.#underWay += 1
    this.#timer = setTimeout(() => {
      this.#timer = null
      this.#next()
    }, everyMs)
    send(value)
      .catch(failed)
      .finally(() => {
        this.#underWay -= 1
        this.#next()
      })
  }
}
