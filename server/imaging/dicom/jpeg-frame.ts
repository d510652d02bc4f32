/** What a JPEG's frame header says (ITU T.81, B.2.2), and what its application segments say about colour. */
export type JpegFrame = {
  /** The number of the start-of-frame marker: 0 is baseline, 2 progressive. */
  coding: number
  bitsPerSample: number
  rows: number
  columns: number
  /** Sampling factors, in the order of the components. */
  components: { horizontal: number; vertical: number }[]
  /** What Adobe's segment says: 0 is RGB, 1 YCbCr; null without one. */
  adobeTransform: number | null
  /** Whether Exif data are there, which may say that the picture is to be turned. */
  exif: boolean
  /** The ICC profile, put together from its segments; null without one. */
  profile: Buffer | null
}

const notFrames = [0xc4, 0xc8, 0xcc]
const profileName = 'ICC_PROFILE\0'

/** Walks to the start of the first scan. @throws Error when the bytes are no JPEG. */
export function readJpegFrame(jpeg: Buffer): JpegFrame {
  if (jpeg.readUInt16BE(0) !== 0xffd8) throw new Error('the bytes are no JPEG')
  let frame: Pick<JpegFrame, 'coding' | 'bitsPerSample' | 'rows' | 'columns' | 'components'> | null = null
  let adobeTransform: number | null = null
  let exif = false
  const profile: Buffer[] = []
  for (let at = 2; ;) {
    if (jpeg.readUInt8(at) !== 0xff) throw new Error('a JPEG marker was expected')
    const marker = jpeg.readUInt8(at + 1)
    if (marker === 0xff) {
      at++
      continue
    }
    const data = jpeg.subarray(at + 4, at + 2 + jpeg.readUInt16BE(at + 2))
    if (marker >= 0xc0 && marker <= 0xcf && !notFrames.includes(marker)) frame = readFrame(marker, data)
    else if (marker === 0xe1 && startsWith(data, 'Exif\0')) exif = true
    else if (marker === 0xe2 && startsWith(data, profileName))
      profile.push(data.subarray(profileName.length + 2))
    else if (marker === 0xee && startsWith(data, 'Adobe')) adobeTransform = data.readUInt8(11)
    else if (marker === 0xda) break
    at += 4 + data.length
  }
  if (!frame) throw new Error('the JPEG has no frame header')
  return { ...frame, adobeTransform, exif, profile: profile.length > 0 ? Buffer.concat(profile) : null }
}

/**
 * Whether a DICOM VL image may hold this stream as it is: JPEG Baseline, 8 bits, YCbCr with 4:2:0 or 4:2:2, which DICOM
 * calls YBR_FULL_422, and upright, as DICOM knows no flag that turns it.
 */
export function fitsDicom({ coding, bitsPerSample, components, adobeTransform, exif }: JpegFrame): boolean {
  const [luma, ...chroma] = components
  return (
    coding === 0 &&
    bitsPerSample === 8 &&
    adobeTransform !== 0 &&
    !exif &&
    luma?.horizontal === 2 &&
    luma.vertical <= 2 &&
    chroma.length === 2 &&
    chroma.every(({ horizontal, vertical }) => horizontal === 1 && vertical === 1)
  )
}

function readFrame(marker: number, data: Buffer) {
  return {
    coding: marker - 0xc0,
    bitsPerSample: data.readUInt8(0),
    rows: data.readUInt16BE(1),
    columns: data.readUInt16BE(3),
    components: Array.from({ length: data.readUInt8(5) }, (_, index) => {
      const sampling = data.readUInt8(7 + 3 * index)
      return { horizontal: sampling >> 4, vertical: sampling & 15 }
    }),
  }
}

function startsWith(data: Buffer, name: string): boolean {
  return data.toString('latin1', 0, name.length) === name
}
