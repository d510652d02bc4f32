import {
  anyColour,
  blob,
  blurred,
  colour,
  grain,
  ground,
  height,
  lighting,
  mix,
  shade,
  skinTone,
  width,
} from './drawing.ts'
import type { Random } from './random.ts'

const id = (random: Random) => `o${random.whole(0, 1e9)}`

/** Sky, hills, trees. */
export function landscape(random: Random): string {
  const sky = anyColour(random, 110, 250)
  const green = mix([60, 110, 50], anyColour(random), 0.3)
  const hills = random.times(
    random.whole(1, 4),
    (at) =>
      `<path d="M-10 310V${150 + at * 30}Q${random.between(40, 160)} ${random.between(60, 160) + at * 30} 200 ${140 + at * 35}T410 ${130 + at * 30}V310Z" fill="${colour(shade(green, 0.6 + at * 0.2))}"/>`,
  )
  const trees = random.times(random.whole(0, 12), () => {
    const [x, y, r] = [random.between(0, 400), random.between(150, 280), random.between(12, 40)]
    return `<rect x="${x - 3}" y="${y}" width="6" height="${r}" fill="#4a3522"/><path d="${blob(random, x, y - r * 0.4, r, 0.3)}" fill="${colour(shade(green, random.between(0.5, 1.1)))}"/>`
  })
  return `<rect width="${width}" height="${height}" fill="${colour(sky)}"/>${hills.join('')}${trees.join('')}${grain(random, random.between(0.02, 0.3), 0.35)}${lighting(random)}`
}

/** A room: wall, floor, furniture, a window. */
export function room(random: Random): string {
  const wall = anyColour(random, 110, 245)
  const things = random.times(random.whole(2, 8), () => {
    const tint = anyColour(random)
    const [x, y] = [random.between(-30, 330), random.between(60, 220)]
    const [wide, high] = [random.between(30, 150), random.between(20, 120)]
    return `<rect x="${x}" y="${y}" width="${wide}" height="${high}" rx="${random.between(0, 16)}" fill="${colour(tint)}"/><rect x="${x}" y="${y + high}" width="${wide}" height="8" fill="${colour(shade(tint, 0.5))}"/>`
  })
  const opening = `<rect x="${random.between(20, 260)}" y="${random.between(15, 70)}" width="100" height="85" fill="#e8f2fb" stroke="#8a7a66" stroke-width="6"/>`
  return `<rect width="${width}" height="${height}" fill="${colour(wall)}"/><rect y="${random.between(190, 240)}" width="${width}" height="140" fill="${colour(mix(shade(wall, 0.6), [120, 85, 55], 0.5))}"/>${random.chance(0.5) ? opening : ''}${things.join('')}${grain(random, 0.3, 0.15)}${lighting(random)}`
}

/** A person's head and shoulders: not a close-up of anything. */
export function person(random: Random): string {
  const tone = skinTone(random)
  const hair = colour(shade(mix([60, 40, 25], anyColour(random), 0.3), random.between(0.4, 1.4)))
  const [x, r] = [random.between(150, 250), random.between(40, 75)]
  const y = random.between(100, 140)
  const face = [
    `<path d="${blob(random, x, y - r * 0.3, r * 1.3, 0.1, 1.1)}" fill="${hair}"/>`,
    `<rect x="${x - r * 0.35}" y="${y + r * 0.7}" width="${r * 0.7}" height="${r}" fill="${colour(shade(tone, 0.85))}"/>`,
    `<path d="M${x - r * 2} 320Q${x - r * 1.8} ${y + r * 1.4} ${x} ${y + r * 1.35}Q${x + r * 1.8} ${y + r * 1.4} ${x + r * 2} 320Z" fill="${colour(anyColour(random))}"/>`,
    `<ellipse cx="${x}" cy="${y}" rx="${r * 0.82}" ry="${r * 1.08}" fill="${colour(tone)}"/>`,
    [-1, 1]
      .map(
        (side) =>
          `<ellipse cx="${x + side * r * 0.34}" cy="${y - r * 0.1}" rx="${r * 0.15}" ry="${r * 0.08}" fill="#fff"/><circle cx="${x + side * r * 0.34}" cy="${y - r * 0.1}" r="${r * 0.07}" fill="#2a1c14"/><path d="M${x + side * r * 0.18} ${y - r * 0.32}q${side * r * 0.18} ${-r * 0.1} ${side * r * 0.36} 0" stroke="${hair}" stroke-width="${r * 0.07}" fill="none"/>`,
      )
      .join(''),
    `<path d="M${x} ${y}l${-r * 0.1} ${r * 0.3}h${r * 0.18}" stroke="${colour(shade(tone, 0.7))}" fill="none" stroke-width="2"/><path d="M${x - r * 0.28} ${y + r * 0.55}q${r * 0.28} ${r * random.between(-0.05, 0.2)} ${r * 0.56} 0" stroke="#a0484a" stroke-width="${r * 0.09}" fill="none"/>`,
  ]
  return ground(random) + face.join('') + grain(random, 0.5, 0.1) + lighting(random)
}

/** Cloth, stone, nothing at all, a lens covered by a finger. */
export function plain(random: Random): string {
  const layers = random.times(
    random.whole(0, 3),
    () =>
      `<path d="${blob(random, random.between(0, 400), random.between(0, 300), random.between(40, 200), 0.5)}" fill="${colour(anyColour(random))}" opacity="${random.between(0.2, 0.9)}"/>`,
  )
  return (
    ground(random) +
    blurred(layers.join(''), random.between(0.1, 18), id(random)) +
    grain(random, random.between(0.005, 0.6), random.between(0.1, 0.7)) +
    lighting(random, 0.8)
  )
}

/** Food and small things on a table. */
export function stillLife(random: Random): string {
  const things = random.times(random.whole(2, 9), () => {
    const tint = anyColour(random)
    const [x, y, r] = [random.between(40, 360), random.between(60, 260), random.between(14, 60)]
    return `<ellipse cx="${x + 4}" cy="${y + r * 0.8}" rx="${r}" ry="${r * 0.3}" fill="#000" opacity="0.35"/><path d="${blob(random, x, y, r, 0.12, random.between(0.6, 1.2))}" fill="${colour(tint)}"/><ellipse cx="${x - r * 0.3}" cy="${y - r * 0.3}" rx="${r * 0.25}" ry="${r * 0.18}" fill="#fff" opacity="0.5"/>`
  })
  return ground(random) + things.join('') + grain(random, 0.4, 0.15) + lighting(random)
}

/** A street: houses with windows, cars. */
export function street(random: Random): string {
  const houses = random.times(random.whole(3, 7), (at) => {
    const [x, high] = [at * 66 - 20, random.between(110, 240)]
    const windows = random.times(
      random.whole(4, 12),
      (n) =>
        `<rect x="${x + 8 + (n % 3) * 19}" y="${252 - high + Math.floor(n / 3) * 34}" width="12" height="18" fill="${random.pick(['#d9e8f2', '#35506a', '#f0d890'])}"/>`,
    )
    return `<rect x="${x}" y="${240 - high}" width="68" height="${high}" fill="${colour(anyColour(random, 60, 230))}"/>${windows.join('')}`
  })
  const cars = random.times(random.whole(0, 4), () => {
    const x = random.between(0, 340)
    return `<rect x="${x}" y="232" width="76" height="26" rx="11" fill="${colour(anyColour(random))}"/><circle cx="${x + 18}" cy="260" r="9" fill="#191919"/><circle cx="${x + 58}" cy="260" r="9" fill="#191919"/>`
  })
  return `<rect width="${width}" height="${height}" fill="${colour(anyColour(random, 150, 250))}"/>${houses.join('')}<rect y="240" width="${width}" height="60" fill="#6d6d70"/>${cars.join('')}${grain(random, 0.4, 0.2)}${lighting(random)}`
}
