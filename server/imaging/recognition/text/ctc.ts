export type Decoded = {
  text: string
  /** Mean of the shares of the characters chosen, 0..1; 0 for no text. */
  confidence: number
}

/**
 * The text that a recogniser saw: at each step its likeliest character, repeats within one run counted once, blanks
 * (class 0) dropped. `shares` holds for each step one share a class, in row order; class n is `alphabet[n - 1]`.
 * (A. Graves and others, "Connectionist temporal classification", ICML 2006, best path.)
 */
export function decode(shares: Float32Array, steps: number, alphabet: readonly string[]): Decoded {
  const classes = alphabet.length + 1
  let text = ''
  let sum = 0
  let count = 0
  let before = 0
  for (let step = 0; step < steps; step++) {
    const start = step * classes
    let best = 0
    let most = shares[start]!
    for (let at = 1; at < classes; at++) {
      if (shares[start + at]! > most) {
        most = shares[start + at]!
        best = at
      }
    }
    if (best !== 0 && best !== before) {
      text += alphabet[best - 1]!
      sum += most
      count++
    }
    before = best
  }
  return { text, confidence: count === 0 ? 0 : sum / count }
}

/** What class 1 and on mean: the lines of the recogniser's list, then the space that the list cannot show. */
export function alphabetOf(list: string): string[] {
  const characters = list.split('\n').map((line) => line.replace(/\r$/, ''))
  if (characters.at(-1) === '') characters.pop()
  return [...characters, ' ']
}
