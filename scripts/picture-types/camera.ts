import sharp from 'sharp'
import type { Pixels } from '#server/imaging/pipeline/tasks.ts'
import { height, width } from './drawing.ts'
import type { Random } from './random.ts'

/** A drawing as a cheap camera would have taken it: crop, light, colour of the light, focus, noise, compression. */
export async function photograph(random: Random, drawing: string): Promise<Pixels> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${drawing}</svg>`
  return spoil(random, await sharp(Buffer.from(svg)).png().toBuffer())
}

/** The same for a picture that exists. */
export async function spoil(random: Random, picture: Buffer): Promise<Pixels> {
  const { width: wide, height: high } = await sharp(picture).metadata()
  const share = random.between(0.78, 1)
  const [w, h] = [Math.floor(wide * share), Math.floor(high * share)]
  const area = { left: random.whole(0, wide - w), top: random.whole(0, high - h), width: w, height: h }
  const tint = random.times(3, () => random.between(0.88, 1.12))
  const light = random.between(0.7, 1.25)
  const cut = await sharp(picture).flatten({ background: '#777' }).extract(area).png().toBuffer()
  const turned = await sharp(cut)
    .rotate(random.chance(0.25) ? 90 : 0)
    .flop(random.chance(0.5))
    .resize(320, 320, { fit: 'inside' })
    .toColourspace('srgb')
    .png()
    .toBuffer()
  const shot = sharp(turned)
    .linear(
      tint.map((gain) => gain * light),
      random.times(3, () => random.between(-8, 8)),
    )
    .blur(random.chance(0.5) ? random.between(0.4, 1.8) : 0.3)
    .jpeg({ quality: random.whole(45, 92) })
  const { data, info } = await sharp(await shot.toBuffer())
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  const noise = random.between(0, 9)
  for (let at = 0; at < data.length; at++)
    data[at] = Math.min(255, Math.max(0, data[at]! + random.between(-noise, noise)))
  return { rgb: data, width: info.width, height: info.height }
}
