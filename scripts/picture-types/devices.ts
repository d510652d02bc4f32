import { anyColour, colour, fonts, grain, ground, lighting, number, shade, word } from './drawing.ts'
import type { Random } from './random.ts'

// Which of the seven bars, from the top clockwise, the middle one last, light up for 0 to 9.
const bars = [0x3f, 0x06, 0x5b, 0x4f, 0x66, 0x6d, 0x7d, 0x07, 0x7f, 0x6f]
const barAt = ['M2 0H10', 'M12 2V10', 'M12 14V22', 'M2 24H10', 'M0 14V22', 'M0 2V10', 'M2 12H10'] as const

function digits(
  random: Random,
  text: string,
  x: number,
  y: number,
  high: number,
  ink: string,
  faint: string,
): string {
  const scale = high / 24
  const shown = [...text].map((sign, at) => {
    if (sign === '.') return `<circle cx="${at * 18 - 3}" cy="24" r="1.8" fill="${ink}"/>`
    const lit = bars[Number(sign)]!
    const strokes = barAt.map((path, bar) => `<path d="${path}" stroke="${lit & (1 << bar) ? ink : faint}"/>`)
    return `<g transform="translate(${at * 18} 0) skewX(-5)">${strokes.join('')}</g>`
  })
  return `<g transform="translate(${x} ${y}) scale(${scale})" fill="none" stroke-width="${random.between(2, 3.2)}" stroke-linecap="round">${shown.join('')}</g>`
}

const panels = [
  { back: '#a9b8a0', ink: '#1b211b', faint: '#9dac94' },
  { back: '#c2cbc0', ink: '#15181a', faint: '#b7c0b5' },
  { back: '#9fc3d8', ink: '#0d1c2a', faint: '#95b8cc' },
  { back: '#120404', ink: '#ff3a24', faint: '#2a0a08' },
  { back: '#061008', ink: '#3dff7a', faint: '#0b2010' },
  { back: '#05080f', ink: '#dcecff', faint: '#0d121c' },
] as const

const value = (random: Random) =>
  random.chance(0.5)
    ? `${random.whole(3, 9)}${number(random, 1)}.${number(random, 1)}`
    : number(random, random.whole(2, 3))

function held(random: Random, body: string): string {
  return `${ground(random)}<g transform="rotate(${random.between(-25, 25)} 200 150) scale(${random.between(0.8, 1.15)})">${body}</g>${grain(random, 0.6, 0.08)}${lighting(random, 0.5)}`
}

/** A thermometer: a long body, one small display. */
export function thermometer(random: Random): string {
  const [panel, shell] = [random.pick(panels.slice(0, 3)), anyColour(random, 150, 255)]
  const y = random.between(105, 135)
  const body = `<rect x="60" y="${y}" width="270" height="64" rx="30" fill="${colour(shell)}" stroke="${colour(shade(shell, 0.6))}"/><path d="M328 ${y + 20}L398 ${y + 29}V${y + 37}L328 ${y + 44}Z" fill="#c9ced2"/><rect x="118" y="${y + 10}" width="120" height="44" rx="5" fill="${panel.back}" stroke="#444"/><circle cx="282" cy="${y + 32}" r="14" fill="${colour(shade(shell, 0.75))}"/>`
  return held(random, body + digits(random, value(random), 128, y + 16, 30, panel.ink, panel.faint))
}

/** A blood pressure monitor: a large display with rows, buttons. */
export function monitor(random: Random): string {
  const [panel, shell] = [random.pick(panels), anyColour(random, 30, 250)]
  const rows = random.times(
    3,
    (row) =>
      digits(
        random,
        number(random, row === 2 ? 2 : 3),
        165,
        48 + row * 62,
        row === 2 ? 34 : 50,
        panel.ink,
        panel.faint,
      ) +
      `<text x="118" y="${80 + row * 62}" font-family="${random.pick(fonts)}" font-size="12" fill="${panel.ink}">${['SYS', 'DIA', 'PUL'][row]}</text>`,
  )
  const buttons = random.times(
    random.whole(1, 4),
    (at) =>
      `<rect x="${112 + at * 56}" y="246" width="44" height="22" rx="10" fill="${colour(anyColour(random, 60, 230))}"/>`,
  )
  const body = `<rect x="90" y="12" width="230" height="272" rx="24" fill="${colour(shell)}"/><rect x="108" y="32" width="194" height="200" rx="8" fill="${panel.back}" stroke="#333"/>`
  return held(random, body + rows.join('') + buttons.join(''))
}

/** A clip for a finger, a glucose meter or scales: few glowing figures, often in the dark. */
export function meter(random: Random): string {
  const [panel, shell] = [random.pick(panels), anyColour(random, 10, 255)]
  const round = random.chance(0.4)
  const body = round
    ? `<rect x="40" y="10" width="320" height="280" rx="40" fill="${colour(shell)}"/><rect x="120" y="30" width="160" height="70" rx="10" fill="${panel.back}"/>${digits(random, value(random), 138, 44, 42, panel.ink, panel.faint)}`
    : `<rect x="120" y="30" width="160" height="240" rx="46" fill="${colour(shell)}"/><rect x="138" y="70" width="124" height="120" rx="8" fill="${panel.back}"/>${digits(random, number(random, 2), 160, 82, 44, panel.ink, panel.faint)}${digits(random, number(random, 2), 160, 140, 36, panel.ink, panel.faint)}<circle cx="200" cy="230" r="18" fill="${colour(shade(shell, 0.7))}"/>`
  const brand = `<text x="165" y="${round ? 130 : 60}" font-family="${random.pick(fonts)}" font-size="13" fill="${colour(shade(shell, 0.5))}">${word(random)}</text>`
  return held(random, body + brand)
}
