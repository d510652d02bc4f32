import { fonts, grain, ground, lighting, number, word, words } from './drawing.ts'
import type { Random } from './random.ts'

const ink = (random: Random) => random.pick(['#111', '#222', '#1b2a4a', '#333'])
const paper = (random: Random) => random.pick(['#fff', '#fbfaf4', '#f4f1e6', '#eef3f7', '#fdf6d8'])

function line(random: Random, x: number, y: number, size: number, count: number, font: string): string {
  return `<text x="${x}" y="${y}" font-family="${font}" font-size="${size}">${words(random, count)}</text>`
}

function laidDown(random: Random, sheet: string, wide: number, high: number): string {
  const turn = random.chance(0.5) ? random.between(-8, 8) : random.between(-40, 40)
  const [x, y] = [200 - wide / 2 + random.between(-25, 25), 150 - high / 2 + random.between(-25, 25)]
  return `${ground(random)}<g transform="rotate(${turn} 200 150) translate(${x} ${y}) skewX(${random.between(-8, 8)})"><rect x="4" y="5" width="${wide}" height="${high}" fill="#000" opacity="0.3"/>${sheet}</g>${grain(random, 0.6, 0.08)}${lighting(random, 0.4)}`
}

/** A letter: a head, paragraphs, a signature. */
export function letter(random: Random): string {
  const [wide, high] = [random.between(210, 330), random.between(260, 420)]
  const [font, size] = [random.pick(fonts), random.between(6, 11)]
  const lines = random.times(Math.floor((high - 70) / (size * 1.5)), (at) =>
    random.chance(0.12)
      ? ''
      : line(random, 18, 66 + at * size * 1.5, size, Math.floor(wide / size / 5), font),
  )
  const head = `<g font-weight="bold">${line(random, 18, 34, size * 1.8, 2, font)}</g>`
  const sign = `<path d="M${wide * 0.6} ${high - 18}q12 -22 22 0t22 -6t24 2" stroke="#1d3a8a" fill="none" stroke-width="1.6"/>`
  const sheet = `<clipPath id="s"><rect width="${wide - 10}" height="${high}"/></clipPath><rect width="${wide}" height="${high}" fill="${paper(random)}"/><g clip-path="url(#s)" fill="${ink(random)}">${head}${lines.join('')}</g>${sign}`
  return laidDown(random, sheet, wide, high)
}

/** A form or a table of results. */
export function form(random: Random): string {
  const [wide, high] = [random.between(260, 380), random.between(220, 330)]
  const [font, rows, columns] = [random.pick(fonts), random.whole(6, 14), random.whole(2, 5)]
  const rowHigh = (high - 60) / rows
  const cells = random.times(rows, (row) =>
    random
      .times(columns, (column) => {
        const [x, y] = [14 + (column * (wide - 28)) / columns, 48 + row * rowHigh]
        const text = random.chance(0.5)
          ? `${number(random, random.whole(1, 3))}.${number(random, 1)}`
          : word(random)
        return `<rect x="${x}" y="${y}" width="${(wide - 28) / columns}" height="${rowHigh}" fill="${row === 0 ? '#d9e2ea' : 'none'}" stroke="#555" stroke-width="0.7"/><text x="${x + 4}" y="${y + rowHigh * 0.7}" font-family="${font}" font-size="${Math.min(11, rowHigh * 0.6)}">${text}</text>`
      })
      .join(''),
  )
  const head = `<g font-weight="bold">${line(random, 14, 32, 14, 3, font)}</g>`
  return laidDown(
    random,
    `<rect width="${wide}" height="${high}" fill="${paper(random)}"/><g fill="${ink(random)}">${head}${cells.join('')}</g>`,
    wide,
    high,
  )
}

/** A narrow slip with a handwritten look or a printer's, a stamp, a line code. */
export function slip(random: Random): string {
  const [wide, high] = [random.between(140, 230), random.between(240, 400)]
  const font = random.chance(0.5) ? 'DejaVu Sans Mono' : 'DejaVu Serif'
  const slanted = random.chance(0.5) ? 'font-style="italic"' : ''
  const lines = random.times(random.whole(9, 20), (at) => {
    const y = 44 + at * random.between(13, 15)
    return `${line(random, 12, y, random.between(8, 12), 2, font)}<text x="${wide - 46}" y="${y}" font-family="${font}" font-size="10">${number(random, 2)},${number(random, 2)}</text>`
  })
  const code = random.times(
    40,
    (at) => `<rect x="${14 + at * 3}" y="${high - 40}" width="${random.pick([1, 1.6, 2.4])}" height="26"/>`,
  )
  const stamp = `<circle cx="${wide * 0.7}" cy="${high * 0.75}" r="26" fill="none" stroke="#a3203a" stroke-width="3" opacity="0.6"/>`
  const sheet = `<rect width="${wide}" height="${high}" fill="${paper(random)}"/><g fill="${ink(random)}" ${slanted}>${lines.join('')}${random.chance(0.6) ? code.join('') : ''}</g>${random.chance(0.5) ? stamp : ''}`
  return laidDown(random, sheet, wide, high)
}
