/**
 * A small ICC profile of the sRGB colour space (ICC.1:2022 in its version 4 form; IEC 61966-2-1): three primaries adapted to
 * D50 and one curve. For files that must have a profile, of pictures that have none of their own.
 */
export function srgbProfile(): Buffer {
  const text = (words: string) => tag('mluc', u32(1), u32(12), ascii('enUS'), u32(2 * words.length), u32(28), utf16(words)) // prettier-ignore
  const xyz = (x: number, y: number, z: number) => tag('XYZ ', fixed(x), fixed(y), fixed(z))
  // Type 3 of the parametric curves: a power above d, a line below it.
  const curve = tag('para', Buffer.from([0, 3, 0, 0]), ...[2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045].map(fixed)) // prettier-ignore
  const tags: [string, Buffer][] = [
    ['desc', text('sRGB')],
    ['cprt', text('CC0')],
    ['wtpt', xyz(0.9642, 1, 0.8249)],
    ['rXYZ', xyz(0.43607, 0.22249, 0.01392)],
    ['gXYZ', xyz(0.38515, 0.71687, 0.09708)],
    ['bXYZ', xyz(0.14307, 0.06061, 0.7141)],
    ['rTRC', curve],
    ['gTRC', curve],
    ['bTRC', curve],
  ]
  const table: Buffer[] = [u32(tags.length)]
  const data: Buffer[] = []
  let at = 128 + 4 + 12 * tags.length
  for (const [name, content] of tags) {
    table.push(ascii(name), u32(at), u32(content.length))
    data.push(content)
    at += content.length
  }
  return Buffer.concat([header(at), ...table, ...data])
}

/** ICC.1, 7.2: display device, RGB to XYZ, no maker, no date, perceptual. */
function header(length: number): Buffer {
  const bytes = Buffer.alloc(128)
  bytes.writeUInt32BE(length, 0)
  bytes.writeUInt32BE(0x04400000, 8)
  bytes.write('mntrRGB XYZ ', 12, 'latin1')
  bytes.write('acsp', 36, 'latin1')
  Buffer.concat([fixed(0.9642), fixed(1), fixed(0.8249)]).copy(bytes, 68)
  return bytes
}

/** Each begins at a multiple of four. */
function tag(type: string, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat([ascii(type), u32(0), ...parts])
  return Buffer.concat([content, Buffer.alloc((4 - (content.length % 4)) % 4)])
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

/** s15Fixed16. */
function fixed(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(Math.round(value * 65536))
  return bytes
}

function ascii(text: string): Buffer {
  return Buffer.from(text, 'latin1')
}

function utf16(text: string): Buffer {
  return Buffer.from(text, 'utf16le').swap16()
}
