import { blob, blurred, grain, height, number, width } from './drawing.ts'
import type { Random } from './random.ts'

const grey = (level: number) => `rgb(${Math.round(level)},${Math.round(level)},${Math.round(level)})`
const id = (random: Random) => `x${random.whole(0, 1e9)}`

function film(random: Random, inner: string): string {
  const marker = `<text x="${random.between(20, 350)}" y="${random.between(30, 280)}" font-family="Liberation Sans" font-size="${random.between(12, 22)}" fill="#eee" opacity="0.85">${random.pick(['R', 'L'])} ${random.chance(0.4) ? number(random, 4) : ''}</text>`
  return `<rect width="${width}" height="${height}" fill="${grey(random.between(4, 26))}"/>${inner}${random.chance(0.6) ? marker : ''}${grain(random, random.between(0.4, 0.9), random.between(0.1, 0.3))}`
}

/** A chest: dark lungs, ribs, spine, heart. */
export function chest(random: Random): string {
  const bright = random.between(150, 225)
  const ribs = random.times(random.whole(7, 10), (at) => {
    const y = 40 + at * 26
    return [-1, 1]
      .map(
        (side) =>
          `<path d="M${200 + side * 12} ${y}Q${200 + side * random.between(95, 120)} ${y - 26} ${200 + side * 150} ${y + 45}" stroke="${grey(bright)}" stroke-width="${random.between(5, 9)}" fill="none" opacity="${random.between(0.18, 0.4)}"/>`,
      )
      .join('')
  })
  const parts = [
    `<ellipse cx="200" cy="165" rx="${random.between(165, 190)}" ry="165" fill="${grey(bright * 0.6)}"/>`,
    `<path d="${blob(random, 125, 150, 68, 0.1, 1.6)}" fill="${grey(random.between(20, 55))}"/><path d="${blob(random, 275, 150, 68, 0.1, 1.6)}" fill="${grey(random.between(20, 55))}"/>`,
    `<rect x="185" y="0" width="30" height="300" fill="${grey(bright * 0.9)}" opacity="0.8"/>`,
    `<path d="${blob(random, random.between(215, 232), 200, random.between(45, 62), 0.12, 1.15)}" fill="${grey(bright)}" opacity="0.9"/>`,
    `<ellipse cx="200" cy="310" rx="190" ry="62" fill="${grey(bright)}"/>`,
  ]
  return film(random, blurred(parts.join(''), 6, id(random)) + blurred(ribs.join(''), 1.6, id(random)))
}

function bone(random: Random, x1: number, y1: number, x2: number, y2: number, wide: number): string {
  const bright = random.between(165, 240)
  const line = `M${x1} ${y1}L${x2} ${y2}`
  const ends = [
    [x1, y1],
    [x2, y2],
  ].map(
    ([x, y]) =>
      `<ellipse cx="${x}" cy="${y}" rx="${wide * 0.72}" ry="${wide * 0.5}" fill="${grey(bright)}"/>`,
  )
  return `<path d="${line}" stroke="${grey(bright)}" stroke-width="${wide}"/><path d="${line}" stroke="${grey(bright * 0.66)}" stroke-width="${wide * 0.5}"/>${ends.join('')}`
}

/** Long bones that meet in a joint, or a hand. */
export function limb(random: Random): string {
  const soft = `<path d="M200 -20L${random.between(180, 220)} 320" stroke="${grey(random.between(50, 85))}" stroke-width="${random.between(120, 210)}" fill="none"/>`
  const wide = random.between(22, 46)
  const bones = random.chance(0.5)
    ? [
        bone(random, 190, -30, 200, 132, wide),
        bone(random, 200, 160, 212, 330, wide),
        random.chance(0.6) ? bone(random, 245, 172, 250, 330, wide * 0.5) : '',
      ]
    : random.times(5, (at) =>
        random
          .times(3, (part) =>
            bone(
              random,
              80 + at * 58,
              20 + part * 68 + Math.abs(at - 2) * 12,
              86 + at * 54,
              66 + part * 68 + Math.abs(at - 2) * 10,
              16,
            ),
          )
          .join(''),
      )
  return film(
    random,
    `<g transform="rotate(${random.between(-70, 70)} 200 150)">${blurred(soft, 12, id(random))}${blurred(bones.join(''), random.between(1, 2.5), id(random))}</g>`,
  )
}

/** A jaw or a skull on a light box, photographed with its frame and a tint. */
export function lightBox(random: Random): string {
  const bright = random.between(170, 235)
  const teeth = random.times(14, (at) => {
    const [x, y] = [62 + at * 20, 150 + (at - 6.5) ** 2 * 1.1]
    return `<rect x="${x}" y="${y - 44}" width="15" height="42" rx="6" fill="${grey(bright)}"/><rect x="${x}" y="${y + 4}" width="15" height="40" rx="6" fill="${grey(bright * 0.94)}"/>`
  })
  const skull = `<ellipse cx="200" cy="130" rx="130" ry="118" fill="${grey(bright * 0.55)}" stroke="${grey(bright)}" stroke-width="9"/><path d="${blob(random, 150, 150, 26, 0.15)}" fill="${grey(28)}"/><path d="${blob(random, 250, 150, 26, 0.15)}" fill="${grey(28)}"/><path d="M190 190L200 160L210 190Z" fill="${grey(25)}"/>`
  const picture = random.chance(0.5)
    ? blurred(
        `<path d="M40 170Q200 330 360 170" stroke="${grey(bright * 0.6)}" stroke-width="46" fill="none"/>`,
        5,
        id(random),
      ) + blurred(teeth.join(''), 1.5, id(random))
    : blurred(skull, 2.5, id(random))
  const tint = random.pick(['#8fb4ff', '#9ad0ff', '#cfe0ff', '#fff'])
  const frame = `<path d="M0 0H400V300H0Z M${random.between(14, 34)} ${random.between(12, 28)}H${random.between(366, 386)}V${random.between(272, 288)}H24Z" fill-rule="evenodd" fill="${random.pick(['#eef4ff', '#222', '#d8dde4'])}"/>`
  return (
    film(random, picture) +
    `<rect width="${width}" height="${height}" fill="${tint}" opacity="0.16"/>` +
    frame
  )
}
