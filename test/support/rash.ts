import sharp from 'sharp'
import type { Patient } from './people.ts'

export type Light = 'day' | 'dark' | 'blurred'

const width = 1280
const height = 720

/** Gives the patient a phone with two cameras, an arm with a rash before both; returns what changes the light or the focus. */
export async function filmsARash({ context, page }: Patient): Promise<(light: Light) => Promise<void>> {
  await context.addInitScript(
    ({ wide, high }) => {
      const canvas = () => {
        const made = document.createElement('canvas')
        made.width = wide
        made.height = high
        return { made, brush: made.getContext('2d') }
      }
      const sharp = canvas()
      if (sharp.brush) {
        sharp.brush.fillStyle = '#d8a58c'
        sharp.brush.fillRect(0, 0, wide, high)
        sharp.brush.fillStyle = '#a03c3c'
        for (let spot = 0; spot < 400; spot++)
          sharp.brush.fillRect((spot * 397) % wide, (spot * 251) % high, 6 + (spot % 17), 6 + (spot % 11))
      }
      const blurred = canvas()
      if (blurred.brush) {
        blurred.brush.filter = 'blur(9px)'
        blurred.brush.drawImage(sharp.made, 0, 0)
      }
      const film = (camera: string) => {
        const { made, brush } = canvas()
        setInterval(() => {
          const light = document.documentElement.dataset['light'] ?? 'day'
          if (!brush) return
          brush.drawImage(light === 'blurred' ? blurred.made : sharp.made, 0, 0)
          // Something moves, or no frames would come.
          brush.fillStyle = `hsl(10 40% ${50 + 5 * Math.sin(performance.now() / 200)}%)`
          brush.fillRect(0, 0, 8, 8)
          if (light === 'dark') {
            brush.fillStyle = 'rgb(0 0 0 / 90%)'
            brush.fillRect(0, 0, wide, high)
          }
        }, 33)
        const [track] = made.captureStream(30).getVideoTracks()
        if (!track) throw new Error('a canvas films')
        const settings = track.getSettings.bind(track)
        track.getSettings = () => ({ ...settings(), deviceId: camera, groupId: camera })
        return track
      }
      const devices = navigator.mediaDevices
      const open = devices.getUserMedia.bind(devices)
      devices.getUserMedia = async (wanted) => {
        if (!wanted?.video) return open(wanted)
        const stream = wanted.audio ? await open({ audio: wanted.audio }) : new MediaStream()
        const asked = typeof wanted.video === 'object' ? wanted.video.deviceId : undefined
        stream.addTrack(film(JSON.stringify(asked ?? '').includes('back') ? 'back' : 'front'))
        return stream
      }
      const list = devices.enumerateDevices.bind(devices)
      devices.enumerateDevices = async () => {
        const others = (await list()).filter(({ kind }) => kind !== 'videoinput')
        const cameras = ['front', 'back'].map((deviceId) => ({
          kind: 'videoinput' as const,
          deviceId,
          groupId: deviceId,
          label: `${deviceId} camera`,
          toJSON: () => ({}),
        }))
        return [...others, ...cameras]
      }
    },
    { wide: width, high: height },
  )
  return (light) =>
    page.evaluate((now) => {
      document.documentElement.dataset['light'] = now
    }, light)
}

/** A sharp picture of such an arm, as JPEG. */
export function aRash(): Promise<Buffer> {
  const spots = Array.from({ length: 400 }, (_, spot) => {
    const [x, y] = [(spot * 397) % width, (spot * 251) % height]
    return `<rect x="${x}" y="${y}" width="${6 + (spot % 17)}" height="${6 + (spot % 11)}" fill="#a03c3c"/>`
  })
  const arm = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#d8a58c"/>${spots.join('')}</svg>`
  return sharp(Buffer.from(arm)).jpeg().toBuffer()
}
