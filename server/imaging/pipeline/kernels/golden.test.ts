import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { type GoldenPicture, goldenPictures } from '../test/golden-pictures.ts'
import { eachChannel } from './channels.ts'
import { gaussianBlur } from './gaussian.ts'
import golden from '../test/golden.json' with { type: 'json' }
import { grey } from './grey.ts'
import { absoluteView, laplacian } from './laplacian.ts'

const pictures = goldenPictures()
const hashes: Record<string, string> = golden.hashes

/** By the names of scripts/golden/cases.py: what our kernel makes of a picture. */
const kernels: Record<string, (picture: GoldenPicture) => Uint8Array | Int16Array> = {
  grey: ({ rgb }) => grey(rgb),
}
for (const neighbours of [4, 8] as const) {
  kernels[`laplacian ${neighbours}`] = ({ grey, width, height }) =>
    laplacian(grey, width, height, { neighbours })
  kernels[`edges ${neighbours}`] = ({ grey, width, height }) =>
    absoluteView(laplacian(grey, width, height, { neighbours }))
}
for (const sigma of [0.3, 1, 2, 7.5, 20]) {
  kernels[`gaussian ${sigma}`] = ({ grey, width, height }) => gaussianBlur(grey, width, height, sigma)
  kernels[`gaussian rgb ${sigma}`] = ({ rgb, width, height }) =>
    eachChannel(rgb, (plane) => gaussianBlur(plane, width, height, sigma))
}

describe('the pixel kernels beside OpenCV', () => {
  it('look at the very pictures that OpenCV was given', () => {
    assert.deepEqual(
      Object.fromEntries(pictures.map(({ name, grey, rgb }) => [name, `${hash(grey)} ${hash(rgb)}`])),
      golden.pictures,
    )
  })

  it('leave none of its answers unasked', () => {
    assert.deepEqual(Object.keys(kernels).sort(), Object.keys(hashes).sort())
  })

  for (const [name, kernel] of Object.entries(kernels)) {
    it(`agree to the bit: ${name}`, () => {
      const wanted = hashes[name]?.split(' ') ?? []
      const different = pictures.filter((picture, i) => hash(kernel(picture)) !== wanted[i])
      assert.deepEqual(
        different.map((picture) => picture.name),
        [],
      )
    })
  }
})

function hash({ buffer, byteOffset, byteLength }: Uint8Array | Int16Array): string {
  const bytes = new Uint8Array(buffer, byteOffset, byteLength)
  return createHash('sha256').update(bytes).digest('hex').slice(0, 16)
}
