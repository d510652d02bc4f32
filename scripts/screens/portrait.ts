import { createWriteStream } from 'node:fs'
import { once } from 'node:events'
import sharp from 'sharp'

/** What a drawn person looks like; colours as CSS. */
export interface Looks {
  skin: string
  hair: string
  longHair: boolean
  clothes: string
  /** A white coat over the clothes. */
  coat: boolean
  glasses: boolean
  wall: [light: string, shade: string]
}

const width = 1280
const height = 720
const framesPerSecond = 10
const frameCount = 20
/** The drawing is larger than the picture, so that the person can move in it. */
const margin = 20

/**
 * Draws a person in front of a camera and writes two seconds of it, which may be repeated, as uncompressed video for
 * Chromium's fake camera. Nobody real is shown.
 */
export async function filmPortrait(looks: Looks, file: string): Promise<void> {
  const still = { left: margin, top: margin, width, height }
  const room = await sharp(Buffer.from(roomOf(looks)))
    .blur(14)
    .extract(still)
    .png()
    .toBuffer()
  const person = await sharp(Buffer.from(personOf(looks)))
    .blur(0.8)
    .png()
    .toBuffer()
  const film = createWriteStream(file)
  film.write(`YUV4MPEG2 W${width} H${height} F${framesPerSecond}:1 Ip A1:1 C420mpeg2\n`)
  for (let frame = 0; frame < frameCount; frame++) {
    const turn = (2 * Math.PI * frame) / frameCount
    const moved = {
      ...still,
      left: margin + Math.round(4 * Math.sin(turn)),
      top: margin + Math.round(3 * Math.cos(turn)),
    }
    const data = await sharp(room)
      .composite([{ input: await sharp(person).extract(moved).png().toBuffer() }])
      .removeAlpha()
      .raw()
      .toBuffer()
    film.write('FRAME\n')
    if (!film.write(planes(data))) await once(film, 'drain')
  }
  film.end()
  await once(film, 'close')
}

/** RGB to the three planes of I420, BT.601 with video levels. */
function planes(rgb: Buffer): Buffer {
  const out = Buffer.alloc((width * height * 3) / 2)
  const [blue, red] = [width * height, (width * height * 5) / 4]
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 3
      const [r, g, b] = [rgb[at] ?? 0, rgb[at + 1] ?? 0, rgb[at + 2] ?? 0]
      out[y * width + x] = 16 + 0.257 * r + 0.504 * g + 0.098 * b
      if (y % 2 === 1 || x % 2 === 1) continue
      const chroma = (y / 2) * (width / 2) + x / 2
      out[blue + chroma] = 128 - 0.148 * r - 0.291 * g + 0.439 * b
      out[red + chroma] = 128 + 0.439 * r - 0.368 * g - 0.071 * b
    }
  }
  return out
}

const frame = (content: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width + 40}" height="${height + 40}" viewBox="0 0 1320 760">${content}</svg>`

/** A wall, a window, a shelf with books and a plant; all of it out of focus. */
function roomOf({ wall: [light, shade] }: Looks): string {
  const books = ['#8c5a4a', '#476b7a', '#b08d57', '#5f7a5c', '#7a5a72', '#3f5668']
    .map(
      (colour, n) =>
        `<rect x="${1010 + n * 34}" y="${190 - (n % 3) * 14}" width="28" height="${110 + (n % 3) * 14}" fill="${colour}"/>`,
    )
    .join('')
  return frame(`
    <defs>
      <linearGradient id="wall" x1="0" y1="0" x2="1" y2="0.4"><stop offset="0" stop-color="${light}"/><stop offset="1" stop-color="${shade}"/></linearGradient>
      <linearGradient id="sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#eaf4fb"/><stop offset="1" stop-color="#cfe3dc"/></linearGradient>
    </defs>
    <rect width="1320" height="760" fill="url(#wall)"/>
    <rect x="70" y="40" width="300" height="400" fill="#fdfdfb"/><rect x="86" y="56" width="128" height="368" fill="url(#sky)"/>
    <rect x="226" y="56" width="128" height="368" fill="url(#sky)"/><ellipse cx="150" cy="400" rx="90" ry="60" fill="#93b48b"/>
    <rect x="980" y="300" width="300" height="16" fill="#9a7b5d"/><rect x="980" y="520" width="300" height="16" fill="#9a7b5d"/>
    ${books}
    <rect x="1120" y="440" width="80" height="80" rx="10" fill="#c9c2b4"/>
    ${[-60, -30, 0, 30, 60].map((lean) => `<ellipse cx="${1160 + lean}" cy="400" rx="16" ry="70" fill="#5d8a62" transform="rotate(${lean * 0.6} 1160 450)"/>`).join('')}
  `)
}

/** Head and shoulders, lit from the window on the left. */
function personOf(looks: Looks): string {
  return frame(`
    <defs>
      <radialGradient id="face" cx="0.38" cy="0.36" r="0.8"><stop offset="0" stop-color="${shaded(looks.skin, 14)}"/><stop offset="0.6" stop-color="${looks.skin}"/><stop offset="1" stop-color="${shaded(looks.skin, -34)}"/></radialGradient>
      <linearGradient id="neck" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${shaded(looks.skin, -44)}"/><stop offset="1" stop-color="${shaded(looks.skin, -8)}"/></linearGradient>
      <linearGradient id="cloth" x1="0" y1="0" x2="1" y2="0.3"><stop offset="0" stop-color="${shaded(looks.clothes, 18)}"/><stop offset="1" stop-color="${shaded(looks.clothes, -26)}"/></linearGradient>
      <linearGradient id="coat" x1="0" y1="0" x2="1" y2="0.2"><stop offset="0" stop-color="#fbfcfd"/><stop offset="1" stop-color="#d3dade"/></linearGradient>
      <linearGradient id="hair" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="${shaded(looks.hair, 26)}"/><stop offset="1" stop-color="${shaded(looks.hair, -18)}"/></linearGradient>
    </defs>
    ${looks.longHair ? '<path d="M508 330 C488 150 832 150 812 330 C830 430 826 520 790 560 L530 560 C494 520 490 430 508 330 Z" fill="url(#hair)"/>' : ''}
    <path d="M300 780 C310 640 420 590 560 566 L760 566 C900 590 1010 640 1020 780 Z" fill="url(#cloth)"/>
    ${looks.coat ? coat : ''}
    <path d="M596 470 L596 560 C610 612 710 612 724 560 L724 470 Z" fill="url(#neck)"/>
    ${looks.coat ? '' : `<path d="M560 562 C590 640 730 640 760 562 L742 556 C714 612 606 612 578 556 Z" fill="${shaded(looks.clothes, -20)}"/>`}
    <ellipse cx="536" cy="352" rx="16" ry="30" fill="${shaded(looks.skin, -6)}"/><ellipse cx="784" cy="352" rx="16" ry="30" fill="${shaded(looks.skin, -30)}"/>
    <path d="M540 320 C540 210 600 176 660 176 C720 176 780 210 780 320 C780 430 730 516 660 516 C590 516 540 430 540 320 Z" fill="url(#face)"/>
    ${features(looks)}
    ${looks.longHair ? fringe : crop}
    ${looks.glasses ? glasses : ''}
  `)
}

const coat = `
  <path d="M300 780 C310 640 420 590 566 562 L650 780 Z" fill="url(#coat)"/><path d="M1020 780 C1010 640 900 590 754 562 L670 780 Z" fill="url(#coat)"/>
  <path d="M566 562 L520 600 L560 640 L546 664 L650 780 L640 720 Z" fill="#eef1f3"/><path d="M754 562 L800 600 L760 640 L774 664 L670 780 L680 720 Z" fill="#c6ced3"/>
  <path d="M560 590 C540 680 580 720 600 740 M760 590 C790 680 770 700 756 730" fill="none" stroke="#39464d" stroke-width="9" stroke-linecap="round"/><circle cx="752" cy="742" r="17" fill="#8d979c" stroke="#39464d" stroke-width="5"/>`
const fringe =
  '<path d="M532 348 C520 236 578 158 662 158 C748 158 802 234 788 348 C782 292 762 258 716 232 C664 268 586 262 552 288 C540 306 536 326 532 348 Z" fill="url(#hair)"/>'
const crop =
  '<path d="M534 322 C520 214 586 150 662 150 C744 150 800 212 786 322 C778 276 768 250 744 232 C694 214 624 214 576 234 C552 250 542 276 534 322 Z" fill="url(#hair)"/>'
const glasses = `
  <g fill="#ffffff22" stroke="#3c4347" stroke-width="5"><rect x="568" y="318" width="76" height="56" rx="24"/><rect x="676" y="318" width="76" height="56" rx="24"/>
  <path d="M644 340 C652 332 668 332 676 340" fill="none"/><path d="M568 340 L538 334 M752 340 L782 334" fill="none"/></g>`

function features({ skin, hair }: Looks): string {
  const eye = (x: number): string =>
    `<ellipse cx="${x}" cy="346" rx="21" ry="11" fill="#f7f5f2"/><circle cx="${x}" cy="346" r="10" fill="#4d3a2c"/><circle cx="${x - 3}" cy="342" r="3" fill="#fff"/>
     <path d="M${x - 23} 342 C${x - 12} 330 ${x + 12} 330 ${x + 23} 342" fill="none" stroke="${shaded(skin, -80)}" stroke-width="4"/>
     <path d="M${x - 28} 310 C${x - 12} 300 ${x + 12} 300 ${x + 28} 308" fill="none" stroke="${shaded(hair, -10)}" stroke-width="8" stroke-linecap="round" opacity="0.75"/>`
  return `
    <ellipse cx="590" cy="402" rx="34" ry="22" fill="#d9756a" opacity="0.16"/><ellipse cx="732" cy="402" rx="34" ry="22" fill="#b9544c" opacity="0.14"/>
    ${eye(606)}${eye(714)}
    <path d="M664 346 C672 386 684 402 680 412 C672 422 652 422 644 414" fill="none" stroke="${shaded(skin, -52)}" stroke-width="5" stroke-linecap="round"/>
    <path d="M618 452 C640 440 684 440 704 452 C684 476 640 476 618 452 Z" fill="#b4605a"/><path d="M612 451 C640 462 684 462 710 451" fill="none" stroke="#8a4440" stroke-width="4" stroke-linecap="round"/>`
}

/** A colour made lighter, or darker with a negative `by`. */
function shaded(colour: string, by: number): string {
  const value = Number.parseInt(colour.slice(1), 16)
  const part = (shift: number): string =>
    Math.max(0, Math.min(255, ((value >> shift) & 255) + by))
      .toString(16)
      .padStart(2, '0')
  return `#${part(16)}${part(8)}${part(0)}`
}
