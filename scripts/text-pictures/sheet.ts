import sharp from 'sharp'
import { segmentPaths, type Make } from './segments.ts'

/** A line on a sheet, in the sheet's own pixels; x and y are where its baseline begins. */
export type Item = {
  text: string
  x: number
  y: number
  /** Height of the letters' body, or of the digits of a display. */
  size: number
  colour?: string
  font?: string
  weight?: number
  /** Drawn as a seven-segment display with this slant, in degrees. */
  segments?: { slant: number; make: Make; ghost?: string }
}

/** What a label or a screen looks like from straight ahead. */
export type Sheet = {
  width: number
  height: number
  paper: string
  ink: string
  /** SVG between the paper and the lines: frames, bars, icons. */
  under?: string
  items: Item[]
}

export type Region = { left: number; top: number; width: number; height: number }
export type Drawn = { rgb: Buffer; width: number; height: number; lines: { item: Item; region: Region }[] }

/** Draws a sheet and finds where the ink of each of its lines is. */
export async function draw(sheet: Sheet): Promise<Drawn> {
  const { width, height, paper, under = '', items } = sheet
  const svg = frame(
    sheet,
    `<rect width="${width}" height="${height}" rx="18" fill="${paper}"/>${under}${items.map((item) => itemSvg(item, sheet.ink)).join('')}`,
  )
  const rgb = await sharp(Buffer.from(svg)).flatten({ background: paper }).removeAlpha().raw().toBuffer()
  const lines = []
  for (const item of items) lines.push({ item, region: await inkOf(sheet, item) })
  return { rgb, width, height, lines }
}

function frame({ width, height }: Sheet, body: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${body}</svg>`
}

function itemSvg(item: Item, ink: string): string {
  const colour = item.colour ?? ink
  if (item.segments) {
    const { on, off } = segmentPaths(item.text, item.size, item.segments.make)
    const ghost = item.segments.ghost ? `<path d="${off}" fill="${item.segments.ghost}"/>` : ''
    return `<g transform="translate(${item.x} ${item.y}) skewX(${-item.segments.slant})">${ghost}<path d="${on}" fill="${colour}"/></g>`
  }
  const family = item.font ?? 'DejaVu Sans'
  return `<text x="${item.x}" y="${item.y}" font-family="${family}" font-weight="${item.weight ?? 400}" font-size="${item.size}" fill="${colour}">${escaped(item.text)}</text>`
}

async function inkOf(sheet: Sheet, item: Item): Promise<Region> {
  const ghostless: Item = item.segments
    ? { ...item, segments: { slant: item.segments.slant, make: item.segments.make } }
    : item
  const svg = frame(sheet, itemSvg({ ...ghostless, colour: '#000' }, '#000'))
  const { data, info } = await sharp(Buffer.from(svg))
    .extractChannel('alpha')
    .raw()
    .toBuffer({ resolveWithObject: true })
  let [left, top, right, bottom] = [info.width, info.height, -1, -1]
  for (let y = 0, at = 0; y < info.height; y++) {
    for (let x = 0; x < info.width; x++, at++) {
      if (data[at]! < 64) continue
      left = Math.min(left, x)
      right = Math.max(right, x)
      top = Math.min(top, y)
      bottom = Math.max(bottom, y)
    }
  }
  if (right < 0 || right >= info.width - 2 || left < 2)
    throw new Error(`"${item.text}" does not fit its sheet`)
  return { left, top, width: right - left + 1, height: bottom - top + 1 }
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
