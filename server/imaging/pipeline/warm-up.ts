import { presets } from '#shared/imaging-recipe.ts'
import { encodeDisplay } from './codec.ts'
import { derive } from './derive.ts'
import { Picture } from './kernels/picture.ts'

const width = 640
const height = 360
const rounds = 4

/** Derives a made-up picture a few times, so that code is compiled before the first patient waits for it. */
export async function warmUp(): Promise<void> {
  const rgb = Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * 2654435761) >>> 24)
  const original = await encodeDisplay(new Picture(rgb, width, height), presets.plain.display)
  for (let round = 0; round < rounds; round++) await derive(original, presets.balanced)
}
