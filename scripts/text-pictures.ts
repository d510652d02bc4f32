// `node scripts/text-pictures.ts`: draws the pictures that reading text is tested on, and what stands on them. Needs the
// fonts of Debian's fonts-dejavu, fonts-liberation, fonts-inter and fonts-noto-cjk; the tests do not, the pictures are kept.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { format, resolveConfig } from 'prettier'
import sharp from 'sharp'
import { seeded } from '#server/imaging/pipeline/test/specimens.ts'
import { runScript } from './run.ts'
import { screens, segmentDevices } from './text-pictures/devices.ts'
import { labels } from './text-pictures/labels.ts'
import { photograph, type Chance, type View } from './text-pictures/photograph.ts'
import { draw } from './text-pictures/sheet.ts'

const folder =
  process.env.TP_OUT ?? path.resolve(import.meta.dirname, '../server/imaging/recognition/test/text')

/** Kinds of photographs, in turn; from what a careful helper sends to what arrives at night from a kitchen table. */
const faults: Partial<View>[] = [
  { fill: 0.92, tilt: 0.1 },
  { fill: 0.8, turn: 4, tilt: 0.25, noise: 3 },
  { fill: 0.85, turn: -6, shade: 0.5, noise: 3 },
  { fill: 0.62, tilt: 0.2, noise: 2, blur: 0.6 },
  { fill: 0.85, turn: 3, glare: 0.7, noise: 2 },
  { fill: 0.85, blur: 1.8, turn: -2, noise: 2 },
  { fill: 0.8, turn: 11, tilt: 0.35, noise: 3 },
  { fill: 0.45, blur: 0.5, noise: 2, turn: 2 },
]

const scenes = [...labels(), ...screens(), ...segmentDevices()].map((scene, i) => ({
  ...scene,
  seed: 1000 + i,
  view: view(faults[i % faults.length]!),
}))
/** Pictures taken again from another side, from afar, in the dark: name of the scene, and the view. */
function again(group: string, seed: number, views: [string, Partial<View>][]) {
  return views.map(([of, faults], i) => {
    const scene = scenes.find(({ name }) => name === of)
    if (!scene) throw new Error(`no scene is called ${of}`)
    return { ...scene, name: `${group}-${of}`, group, seed: seed + i, view: view(faults) }
  })
}

const turned = again('turned', 2000, [
  ['label-en-1', { fill: 0.95, turn: 180, tilt: 0.1, noise: 2 }],
  ['label-en-4', { fill: 0.95, turn: 90, tilt: 0.1, noise: 2 }],
  ['label-zh-1', { fill: 0.95, turn: 183, tilt: 0.1, noise: 2 }],
  ['label-zh-3', { fill: 0.95, turn: -88, tilt: 0.1, noise: 2 }],
])
const hard = again('hard', 3000, [
  ['label-en-2', { fill: 0.34, noise: 2 }],
  ['label-en-3', { fill: 0.85, tilt: 0.7, turn: 20, noise: 2 }],
  ['label-en-5', { fill: 0.8, shade: 0.9, noise: 10 }],
  ['label-en-9', { width: 640, height: 480, fill: 0.85, blur: 0.8, noise: 4 }],
  ['label-en-10', { fill: 0.8, blur: 3.5, noise: 2 }],
  ['label-zh-4', { fill: 0.4, noise: 2 }],
  ['label-zh-7', { fill: 0.85, blur: 3, noise: 3 }],
  ['label-zh-9', { width: 640, height: 480, fill: 0.9, noise: 4 }],
  ['screen-3-app', { fill: 0.85, glare: 0.95, noise: 3, blur: 1 }],
  ['segments-2-thermometer', { fill: 0.8, turn: -24, tilt: 0.6, noise: 3 }],
  ['segments-5-blood-pressure', { fill: 0.4, noise: 4, blur: 0.7 }],
  ['segments-9-oximeter', { fill: 0.8, blur: 4, noise: 3 }],
  ['segments-12-scales', { fill: 0.7, shade: 0.9, noise: 10 }],
  ['segments-16-glucose', { width: 640, height: 480, fill: 0.6, noise: 5, blur: 1 }],
])

await runScript(async () => {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const truth = []
  let bytes = 0
  for (const { name, group, sheet, seed, view } of [...scenes, ...turned, ...hard]) {
    const drawn = await draw(sheet)
    const photo = photograph(drawn, view, chances(seed))
    const { rgb, width, height } = photo
    const jpeg = await sharp(rgb, { raw: { width, height, channels: 3 } })
      .jpeg({ quality: 58, mozjpeg: true })
      .toBuffer()
    bytes += jpeg.length
    writeFileSync(path.join(folder, `${name}.jpg`), jpeg)
    const lines = drawn.lines.map(({ item, region }) => ({
      text: item.text,
      ...(item.segments ? { segments: true } : {}),
      box: photo.place(region).flatMap(({ x, y }) => [share(x, width), share(y, height)]),
    }))
    truth.push({ file: `${name}.jpg`, group, lines })
  }
  const file = path.join(folder, 'truth.json')
  writeFileSync(file, await format(JSON.stringify(truth), { ...(await resolveConfig(file)), parser: 'json' }))
  console.log(`${truth.length} pictures, ${bytes} bytes`)
})

function view(faults: Partial<View>): View {
  return {
    width: 1280,
    height: 720,
    fill: 0.85,
    turn: 0,
    tilt: 0,
    blur: 0,
    noise: 1,
    shade: 0.15,
    glare: 0,
    ...faults,
  }
}

function share(at: number, size: number): number {
  return Math.round(((at + 0.5) / size) * 10_000) / 10_000
}

function chances(seed: number): Chance {
  const next = seeded(seed)
  // The first throws of neighbouring seeds resemble each other.
  for (let i = 0; i < 20; i++) next()
  return () => next() / 2 ** 32
}
