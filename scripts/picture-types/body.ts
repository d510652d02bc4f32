import {
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
import type { Rgb } from './drawing.ts'
import type { Random } from './random.ts'

const id = (random: Random) => `b${random.whole(0, 1e9)}`
const red = (random: Random): Rgb => [
  random.between(140, 215),
  random.between(30, 90),
  random.between(30, 85),
]
const fill = (tone: Rgb) => `<rect width="${width}" height="${height}" fill="${colour(tone)}"/>`

function skinGround(random: Random, tone: Rgb): string {
  return (
    fill(tone) +
    grain(random, random.between(0.2, 0.9), random.between(0.05, 0.3)) +
    grain(random, random.between(0.005, 0.03), 0.2)
  )
}

function spots(random: Random, tone: Rgb, most = 40): string {
  const tint = mix(tone, red(random), random.between(0.3, 0.75))
  const size = random.between(2, 16)
  return blurred(
    random
      .times(
        random.whole(1, most),
        () =>
          `<path d="${blob(random, random.between(60, 340), random.between(40, 260), size * random.between(0.4, 1.6), 0.3, random.between(0.7, 1.2))}" fill="${colour(tint)}" opacity="${random.between(0.4, 0.95)}"/>`,
      )
      .join(''),
    random.between(0.3, 2.5),
    id(random),
  )
}

function hairs(random: Random, count: number): string {
  const lean = random.between(-30, 30)
  return random
    .times(count, () => {
      const [x, y] = [random.between(0, width), random.between(0, height)]
      return `<path d="M${x} ${y}q${lean / 2 + random.between(-6, 6)} ${random.between(6, 14)} ${lean + random.between(-9, 9)} ${random.between(14, 34)}" stroke="#2a1a12" stroke-width="${random.between(0.4, 1.1)}" fill="none" opacity="${random.between(0.3, 0.8)}"/>`
    })
    .join('')
}

function mole(random: Random, tone: Rgb): string {
  const brown = shade(mix(tone, [90, 50, 30], 0.7), random.between(0.45, 0.9))
  const [x, y, r] = [random.between(120, 280), random.between(90, 210), random.between(8, 70)]
  return blurred(
    `<path d="${blob(random, x, y, r, 0.22)}" fill="${colour(brown)}"/><path d="${blob(random, x + r * 0.2, y, r * 0.5, 0.3)}" fill="${colour(shade(brown, 0.7))}" opacity="0.8"/>`,
    random.between(0.5, 3),
    id(random),
  )
}

/** Nothing but skin, with a rash, a mole, hairs. */
export function skinClose(random: Random): string {
  const tone = skinTone(random)
  return [
    skinGround(random, tone),
    random.chance(0.6) ? spots(random, tone) : '',
    random.chance(0.5) ? mole(random, tone) : '',
    random.chance(0.5) ? hairs(random, random.whole(10, 90)) : '',
    random.chance(0.4)
      ? `<path d="M-10 ${random.between(40, 260)}Q200 ${random.between(40, 260)} 410 ${random.between(40, 260)}" stroke="${colour(shade(tone, 0.75))}" stroke-width="${random.between(1, 5)}" fill="none" opacity="0.6"/>`
      : '',
    lighting(random),
  ].join('')
}

/** An arm or a leg before something else. */
export function skinLimb(random: Random): string {
  const tone = skinTone(random)
  const wide = random.between(90, 200)
  const path = `M-60 ${random.between(80, 220)}Q200 ${random.between(90, 210)} 460 ${random.between(80, 220)}`
  const rounded = [1, 0.86, 0.66, 0.4].map(
    (share, at) =>
      `<path d="${path}" stroke="${colour(shade(tone, 0.72 + at * 0.1))}" stroke-width="${wide * share}" fill="none"/>`,
  )
  const clip = id(random)
  return [
    ground(random),
    `<g transform="rotate(${random.whole(0, 179)} 200 150)">${blurred(rounded.join(''), 5, id(random))}</g>`,
    `<clipPath id="${clip}"><circle cx="200" cy="150" r="${wide * 0.42}"/></clipPath><g clip-path="url(#${clip})">${random.chance(0.8) ? spots(random, tone, 80) : mole(random, tone)}</g>`,
    grain(random, random.between(0.3, 0.9), 0.12),
    lighting(random),
  ].join('')
}

/** A hand with its fingers, from either side. */
export function skinHand(random: Random): string {
  const tone = skinTone(random)
  const fingers = random.times(4, (at) => {
    const [x, top] = [130 + at * 38, random.between(10, 70) + Math.abs(at - 1.4) * 14]
    const finger = `M${x} 190L${x + random.between(-12, 12)} ${top}`
    return `<path d="${finger}" stroke="${colour(shade(tone, 0.8))}" stroke-width="33" stroke-linecap="round"/><path d="${finger}" stroke="${colour(tone)}" stroke-width="25" stroke-linecap="round"/>${random.times(2, (joint) => `<path d="M${x - 9} ${top + 35 + joint * 42}q9 4 18 0" stroke="${colour(shade(tone, 0.65))}" fill="none" stroke-width="1.6"/>`).join('')}${random.chance(0.5) ? `<ellipse cx="${x}" cy="${top}" rx="8" ry="10" fill="${colour(mix(tone, [250, 200, 195], 0.6))}"/>` : ''}`
  })
  const palm = `<rect x="112" y="150" width="160" height="170" rx="45" fill="${colour(shade(tone, 0.95))}"/><path d="M118 250L60 180" stroke="${colour(shade(tone, 0.92))}" stroke-width="36" stroke-linecap="round"/>`
  const lines = random.times(
    3,
    () =>
      `<path d="M${random.between(120, 150)} ${random.between(180, 270)}q60 ${random.between(-30, 30)} 110 ${random.between(-40, 40)}" stroke="${colour(shade(tone, 0.7))}" fill="none" stroke-width="1.5"/>`,
  )
  return [
    ground(random),
    `<g transform="rotate(${random.between(-60, 60)} 200 150) translate(${random.between(-20, 20)} ${random.between(-10, 10)})">${fingers.join('')}${palm}${lines.join('')}</g>`,
    random.chance(0.6) ? spots(random, tone, 12) : '',
    grain(random, random.between(0.3, 0.9), 0.12),
    lighting(random),
  ].join('')
}

function openEye(random: Random, x: number, y: number, r: number, bloodshot: number): string {
  const iris = random.pick<Rgb>([
    [92, 58, 30],
    [58, 36, 20],
    [70, 110, 150],
    [90, 120, 80],
    [40, 28, 22],
    [120, 130, 140],
  ])
  const [lid, cut] = [
    `M${x - r * 2} ${y}Q${x} ${y - r * 1.75} ${x + r * 2} ${y + r * random.between(-0.2, 0.2)}Q${x} ${y + r * 1.35} ${x - r * 2} ${y}Z`,
    id(random),
  ]
  const look = x + r * random.between(-0.5, 0.5)
  const rays = random.times(36, (at) => {
    const angle = (at / 36) * 2 * Math.PI
    return `<path d="M${look + Math.cos(angle) * r * 0.35} ${y + Math.sin(angle) * r * 0.35}L${look + Math.cos(angle) * r * 0.85} ${y + Math.sin(angle) * r * 0.85}" stroke="${colour(shade(iris, random.between(0.7, 1.6)))}" stroke-width="${r / 30}"/>`
  })
  const vessels = random.times(Math.round(bloodshot * 26), () => {
    const side = random.pick([-1, 1])
    return `<path d="M${x + side * r * 1.8} ${y + random.between(-0.5, 0.5) * r}q${-side * r * 0.3} ${random.between(-9, 9)} ${-side * r * random.between(0.5, 0.9)} ${random.between(-14, 14)}" stroke="#c0302c" stroke-width="${random.between(0.4, 1.4)}" fill="none" opacity="0.7"/>`
  })
  return [
    `<clipPath id="${cut}"><path d="${lid}"/></clipPath><path d="${lid}" fill="${colour(mix([244, 238, 234], [232, 130, 125], bloodshot * 0.7))}"/>`,
    `<g clip-path="url(#${cut})">${vessels.join('')}<circle cx="${look}" cy="${y - r * 0.1}" r="${r * 0.9}" fill="${colour(shade(iris, 0.5))}"/><circle cx="${look}" cy="${y - r * 0.1}" r="${r * 0.84}" fill="${colour(iris)}"/>${rays.join('')}<circle cx="${look}" cy="${y - r * 0.1}" r="${r * random.between(0.25, 0.5)}" fill="#0a0706"/><ellipse cx="${look - r * 0.3}" cy="${y - r * 0.4}" rx="${r * 0.16}" ry="${r * 0.12}" fill="#fff" opacity="0.9"/></g>`,
    `<path d="${lid}" fill="none" stroke="#5a3328" stroke-width="${r * 0.07}"/>`,
    random
      .times(random.whole(10, 30), (at) => {
        const share = at / 30
        const [lx, ly] = [x - r * 2 + share * r * 4, y - Math.sin(share * Math.PI) * r * 0.9]
        return `<path d="M${lx} ${ly}q${(share - 0.5) * r * 0.5} ${-r * 0.3} ${(share - 0.5) * r * 0.9} ${-r * random.between(0.35, 0.65)}" stroke="#17100d" stroke-width="${r * 0.035}" fill="none"/>`
      })
      .join(''),
  ].join('')
}

/** One eye that fills most of the picture. */
export function eyeClose(random: Random): string {
  const tone = skinTone(random)
  const [r, y] = [random.between(45, 85), random.between(130, 170)]
  const crease = `<path d="M${200 - r * 2} ${y - r * 0.5}Q200 ${y - r * 2.2} ${200 + r * 2} ${y - r * 0.5}" stroke="${colour(shade(tone, 0.65))}" stroke-width="${r * 0.08}" fill="none"/>`
  return (
    skinGround(random, tone) +
    blurred(crease, 1.5, id(random)) +
    openEye(random, random.between(180, 220), y, r, random.between(0, 0.8)) +
    lighting(random)
  )
}

/** Both eyes, brows and the root of the nose. */
export function eyesBoth(random: Random): string {
  const tone = skinTone(random)
  const [r, y] = [random.between(20, 32), random.between(120, 180)]
  const brows = [95, 305].map(
    (x) =>
      `<path d="M${x - r * 2} ${y - r * 1.9}Q${x} ${y - r * random.between(2.4, 3)} ${x + r * 2} ${y - r * 1.8}" stroke="#2b1b14" stroke-width="${random.between(5, 11)}" fill="none" opacity="0.8" stroke-linecap="round"/>`,
  )
  const nose = `<path d="M180 ${y}Q188 ${y + 60} 165 ${y + 120}M220 ${y}Q212 ${y + 60} 235 ${y + 120}" stroke="${colour(shade(tone, 0.72))}" stroke-width="9" fill="none"/>`
  const bloodshot = random.between(0, 0.8)
  return (
    skinGround(random, tone) +
    blurred(nose, 5, id(random)) +
    brows.join('') +
    openEye(random, 95, y, r, bloodshot) +
    openEye(random, 305, y, r, bloodshot) +
    lighting(random)
  )
}

/** The lids held open: white and iris, hardly any skin. */
export function eyeHeld(random: Random): string {
  const tone = skinTone(random)
  const inner = mix(tone, [205, 90, 85], 0.7)
  const finger = `<path d="M${random.between(60, 340)} 310L${random.between(120, 280)} 262" stroke="${colour(shade(tone, 0.9))}" stroke-width="60" stroke-linecap="round"/>`
  return [
    skinGround(random, tone),
    blurred(
      `<ellipse cx="200" cy="150" rx="196" ry="${random.between(118, 136)}" fill="${colour(inner)}"/>`,
      3,
      id(random),
    ),
    `<g transform="rotate(${random.between(-25, 25)} 200 150)">${openEye(random, 200, 150, random.between(84, 98), random.between(0.4, 1))}</g>`,
    random.chance(0.7) ? finger : '',
    lighting(random),
  ].join('')
}

const flesh = (random: Random): Rgb => [
  random.between(165, 225),
  random.between(70, 115),
  random.between(75, 115),
]

function throatParts(random: Random, flush: Rgb, coated: boolean): string {
  const tongue = mix(flush, [230, 150, 150], random.between(0.2, 0.6))
  const tonsils = [110, 290].map(
    (x) =>
      `<path d="${blob(random, x, 150, random.between(22, 42), 0.18, 1.4)}" fill="${colour(mix(flush, [200, 40, 45], random.between(0.2, 0.8)))}"/>`,
  )
  const coat = coated
    ? random.times(
        random.whole(4, 16),
        () =>
          `<ellipse cx="${random.pick([110, 290]) + random.between(-24, 24)}" cy="${random.between(115, 190)}" rx="${random.between(2, 7)}" ry="${random.between(2, 7)}" fill="#f0e6c2" opacity="0.9"/>`,
      )
    : []
  return [
    `<path d="M110 215Q105 60 200 62Q295 60 290 215Z" fill="${colour(shade(flush, 0.42))}"/>`,
    blurred(
      `<path d="M95 220Q85 45 200 52Q315 45 305 220" fill="none" stroke="${colour(flush)}" stroke-width="26"/>`,
      3,
      id(random),
    ),
    tonsils.join('') + coat.join(''),
    `<path d="M190 58Q184 ${random.between(105, 130)} 200 ${random.between(118, 140)}Q216 110 210 58Z" fill="${colour(mix(flush, [225, 120, 120], 0.5))}"/>`,
    blurred(
      `<ellipse cx="200" cy="${random.between(262, 300)}" rx="${random.between(95, 140)}" ry="${random.between(55, 85)}" fill="${colour(tongue)}"/>`,
      3,
      id(random),
    ),
    `<path d="M200 215V300" stroke="${colour(shade(tongue, 0.75))}" stroke-width="3" opacity="0.6"/>`,
    random
      .times(
        8,
        () =>
          `<ellipse cx="${random.between(120, 280)}" cy="${random.between(60, 280)}" rx="${random.between(2, 9)}" ry="${random.between(1, 4)}" fill="#fff" opacity="${random.between(0.3, 0.8)}"/>`,
      )
      .join(''),
  ].join('')
}

const teeth = (random: Random, y: number, down: boolean) =>
  random
    .times(
      9,
      (at) =>
        `<rect x="${98 + at * 23}" y="${y + Math.abs(at - 4) * (down ? 3 : -3)}" width="21" height="${random.between(20, 32)}" rx="6" fill="${colour([random.between(215, 245), random.between(208, 235), random.between(180, 220)])}"/>`,
    )
    .join('')

/** A mouth wide open, with lips and teeth. */
export function throatMouth(random: Random): string {
  const [tone, flush] = [skinTone(random), flesh(random)]
  return [
    skinGround(random, tone),
    `<ellipse cx="200" cy="155" rx="${random.between(160, 185)}" ry="${random.between(128, 146)}" fill="${colour(mix(tone, [190, 80, 85], 0.7))}"/><ellipse cx="200" cy="155" rx="142" ry="112" fill="${colour(shade(flush, 0.5))}"/>`,
    `<g transform="translate(60 44) scale(0.7 0.72)">${throatParts(random, flush, random.chance(0.3))}</g>`,
    teeth(random, 48, true) + (random.chance(0.6) ? teeth(random, 236, false) : ''),
    grain(random, 0.6, 0.1),
    lighting(random, 0.6),
  ].join('')
}

/** Nothing but the back of the throat, by the light of a lamp. */
export function throatDeep(random: Random): string {
  const flush = flesh(random)
  return (
    fill(shade(flush, 0.75)) +
    grain(random, 0.03, 0.4) +
    throatParts(random, flush, random.chance(0.5)) +
    grain(random, 0.7, 0.12) +
    lighting(random, 0.85)
  )
}

/** The tongue held down by a spatula, seen from a side. */
export function throatSpatula(random: Random): string {
  const flush = flesh(random)
  const spatula = `<rect x="170" y="205" width="${random.between(46, 60)}" height="160" rx="22" fill="${random.pick(['#d9b98a', '#e9eef0', '#c7a06b'])}"/>`
  return [
    fill(shade(flush, 0.55)),
    `<g transform="translate(${random.between(-30, 30)} ${random.between(-20, 20)}) skewX(${random.between(-14, 14)}) scale(${random.between(0.85, 1.15)})">${throatParts(random, flush, random.chance(0.4))}${random.chance(0.7) ? teeth(random, 4, true) : ''}</g>`,
    `<g transform="rotate(${random.between(-20, 20)} 200 300)">${spatula}</g>`,
    grain(random, 0.5, 0.12),
    lighting(random, 0.8),
  ].join('')
}

function bed(random: Random, x: number, y: number, r: number): string {
  const edge = red(random)
  const parts = [
    blurred(
      `<path d="${blob(random, x, y, r * 1.45, 0.2)}" fill="${colour(mix(edge, [225, 140, 130], 0.5))}" opacity="0.7"/>`,
      7,
      id(random),
    ),
    `<path d="${blob(random, x, y, r, 0.3)}" fill="${colour(shade(edge, 0.85))}"/>`,
    ...random.times(random.whole(2, 7), () => {
      const tint = random.pick<Rgb>([
        [120, 12, 18],
        [205, 175, 95],
        [225, 205, 150],
        [40, 22, 20],
        [190, 40, 45],
      ])
      return `<path d="${blob(random, x + random.between(-0.5, 0.5) * r, y + random.between(-0.5, 0.5) * r, r * random.between(0.12, 0.45), 0.4)}" fill="${colour(tint)}" opacity="${random.between(0.6, 0.95)}"/>`
    }),
  ]
  const wet = random.times(
    random.whole(0, 10),
    () =>
      `<ellipse cx="${x + random.between(-0.6, 0.6) * r}" cy="${y + random.between(-0.6, 0.6) * r}" rx="${random.between(1, 5)}" ry="${random.between(1, 3)}" fill="#fff" opacity="0.7"/>`,
  )
  return parts.join('') + wet.join('')
}

/** An open sore on skin. */
export function woundOpen(random: Random): string {
  const tone = skinTone(random)
  return (
    skinGround(random, tone) +
    bed(random, random.between(150, 250), random.between(120, 180), random.between(35, 105)) +
    grain(random, 0.5, 0.15) +
    lighting(random)
  )
}

/** A cut or a scar with stitches. */
export function woundCut(random: Random): string {
  const tone = skinTone(random)
  const bend = random.between(-50, 50)
  const [from, to] = [random.between(30, 120), random.between(280, 370)]
  const path = `M${from} 150Q200 ${150 + bend} ${to} 150`
  const stitches = random.chance(0.7)
    ? random.times(random.whole(5, 14), (at) => {
        const share = (at + 0.5) / 14
        const [x, y] = [from + (to - from) * share, 150 + bend * 2 * share * (1 - share)]
        return `<path d="M${x - 3} ${y - random.between(9, 18)}L${x + 3} ${y + random.between(9, 18)}" stroke="${random.pick(['#15151c', '#223a66', '#3a2a22'])}" stroke-width="2"/>`
      })
    : []
  return [
    skinGround(random, tone),
    `<g transform="rotate(${random.whole(0, 179)} 200 150)">`,
    blurred(
      `<path d="${path}" stroke="${colour(mix(tone, red(random), 0.55))}" stroke-width="${random.between(24, 60)}" fill="none" opacity="0.7"/>`,
      6,
      id(random),
    ),
    `<path d="${path}" stroke="${colour(shade(red(random), random.between(0.4, 0.8)))}" stroke-width="${random.between(3, 16)}" fill="none" stroke-linecap="round"/>${stitches.join('')}</g>`,
    random.chance(0.3) ? hairs(random, 40) : '',
    grain(random, 0.5, 0.15),
    lighting(random),
  ].join('')
}

/** A sore on a limb among gauze, with a paper ruler beside it. */
export function woundDressed(random: Random): string {
  const tone = skinTone(random)
  const gauze = `<rect x="${random.between(-60, 0)}" y="-20" width="${random.between(90, 130)}" height="340" fill="#f2f0ea"/><rect x="${random.between(300, 330)}" y="-20" width="140" height="340" fill="#eeece4"/>`
  const ruler = `<rect x="90" y="250" width="220" height="26" fill="#fdfdf6"/>${random.times(22, (at) => `<path d="M${94 + at * 10} 250v${at % 5 === 0 ? 13 : 7}" stroke="#222" stroke-width="1"/>`).join('')}`
  return [
    skinGround(random, tone),
    bed(random, random.between(170, 230), random.between(110, 170), random.between(40, 80)),
    `<g transform="rotate(${random.between(-12, 12)} 200 150)">${random.chance(0.8) ? gauze : ''}${random.chance(0.7) ? ruler : ''}</g>`,
    grain(random, 0.4, 0.15),
    lighting(random),
  ].join('')
}
