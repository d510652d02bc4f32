import type { Quality } from '#shared/consult.ts'

/** What getStats says about one moment, summed over all streams of both directions. */
export interface Counters {
  readonly roundTripMs: number | null
  readonly packetsReceived: number
  readonly packetsLost: number
  /** Loss that the far end reports of what we send, in percent; null when nothing is sent. */
  readonly sentLossPercent: number | null
}

export interface Measurement {
  readonly quality: Quality
  readonly roundTripMs: number | null
  readonly lossPercent: number | null
}

/** Reads what matters from the reports of the send and the receive connection. */
export function readCounters(reports: readonly RTCStatsReport[]): Counters {
  let roundTripMs: number | null = null
  let packetsReceived = 0
  let packetsLost = 0
  let sentLossPercent: number | null = null
  for (const report of reports) {
    report.forEach((entry: Record<string, unknown>) => {
      if (entry.type === 'candidate-pair' && entry.state === 'succeeded' && entry.nominated === true) {
        const seconds = numberOf(entry.currentRoundTripTime)
        if (seconds !== null) roundTripMs = Math.max(roundTripMs ?? 0, seconds * 1000)
      }
      if (entry.type === 'inbound-rtp') {
        packetsReceived += numberOf(entry.packetsReceived) ?? 0
        packetsLost += Math.max(0, numberOf(entry.packetsLost) ?? 0)
      }
      if (entry.type === 'remote-inbound-rtp') {
        const fraction = numberOf(entry.fractionLost)
        if (fraction !== null) sentLossPercent = Math.max(sentLossPercent ?? 0, fraction * 100)
      }
    })
  }
  return { roundTripMs, packetsReceived, packetsLost, sentLossPercent }
}

/** The word for the time between two readings. `connected` false is "lost", whatever the counters say. */
export function measure(before: Counters | null, after: Counters, connected: boolean): Measurement {
  const received = after.packetsReceived - (before?.packetsReceived ?? 0)
  // A new connection starts its counters anew.
  const lost = Math.max(0, after.packetsLost - (before?.packetsLost ?? 0))
  const receivedLoss = received > 0 ? (100 * lost) / (received + lost) : null
  const losses = [receivedLoss, after.sentLossPercent].filter((loss) => loss !== null)
  const lossPercent = losses.length === 0 ? null : Math.min(100, Math.max(...losses))
  const { roundTripMs } = after
  return { quality: connected ? wordFor(roundTripMs, lossPercent) : 'lost', roundTripMs, lossPercent }
}

/** Speech suffers above 5 % loss or a third of a second each way (ITU-T G.114); the picture somewhat earlier. */
export function wordFor(roundTripMs: number | null, lossPercent: number | null): Exclude<Quality, 'lost'> {
  const roundTrip = roundTripMs ?? 0
  const loss = lossPercent ?? 0
  if (roundTrip > 600 || loss > 10) return 'poor'
  if (roundTrip > 300 || loss > 3) return 'fair'
  return 'good'
}

const ranks: Readonly<Record<Quality, number>> = { good: 0, fair: 1, poor: 2, lost: 3 }

/** Says bad news at once and good news only when they last two readings, so that the word does not flicker. */
export class SteadyQuality {
  #word: Quality | null = null
  #better = 0
  #poorInRow = 0

  get word(): Quality | null {
    return this.#word
  }

  /** True when the line has been too weak for a picture for a while: three readings in a row. */
  get soundOnlyAdvised(): boolean {
    return this.#poorInRow >= 3
  }

  add(word: Quality): Quality {
    this.#poorInRow = word === 'poor' ? this.#poorInRow + 1 : 0
    if (this.#word === null || this.#word === 'lost' || ranks[word] >= ranks[this.#word]) {
      this.#word = word
      this.#better = 0
      return word
    }
    this.#better += 1
    if (this.#better >= 2) {
      this.#word = word
      this.#better = 0
    }
    return this.#word
  }
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}
