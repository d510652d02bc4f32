import type { Homography, PicturePoint } from '#shared/imaging-viewer.ts'
import { fit, toPane, type Camera, type Scene, type Size } from '../viewer/camera.ts'

/**
 * How CSS moves the earlier picture, drawn as large as its own pixels, onto the later one as the camera shows it. The picture
 * itself stays as it is.
 */
export function overlayTransform(
  homography: Homography,
  earlier: Size,
  { scene, camera }: { scene: Scene; camera: Camera },
): string {
  const corner = toPane(scene, camera, { x: 0, y: 0 })
  const { width, height } = scene.picture
  const fromPixels = [1 / earlier.width, 0, 0, 0, 1 / earlier.height, 0, 0, 0, 1]
  const toScreen = [width * camera.scale, 0, corner.x, 0, height * camera.scale, corner.y, 0, 0, 1]
  const [a, b, c, d, e, f, g, h, i] = times(toScreen, times(homography, fromPixels)) as Nine
  return `matrix3d(${[a, d, 0, g, b, e, 0, h, 0, 0, 1, 0, c, f, 0, i].map((value) => value / i).join(', ')})`
}

/** Where a camera on the earlier picture must look to show what this one shows on the later one. */
export function earlierCamera(
  homography: Homography | null,
  earlier: Size,
  { scene, camera }: { scene: Scene; camera: Camera },
): Camera {
  const own = { picture: earlier, pane: scene.pane }
  if (!homography)
    return { x: camera.x, y: camera.y, scale: camera.scale * (fit(own).scale / fit(scene).scale) }
  const back = inverse(homography)
  const middle = moved(back, camera)
  const aside = moved(back, { x: camera.x + 0.01, y: camera.y })
  const pixels = Math.hypot((aside.x - middle.x) * earlier.width, (aside.y - middle.y) * earlier.height)
  return { ...middle, scale: (camera.scale * 0.01 * scene.picture.width) / pixels }
}

/** Where the homography takes a place, in shares. */
export function moved(homography: Homography, { x, y }: PicturePoint): PicturePoint {
  const [a, b, c, d, e, f, g, h, i] = homography as Nine
  const w = g * x + h * y + i
  return { x: (a * x + b * y + c) / w, y: (d * x + e * y + f) / w }
}

type Nine = [number, number, number, number, number, number, number, number, number]

function times(left: readonly number[], right: readonly number[]): number[] {
  return Array.from({ length: 9 }, (_, at) => {
    const [row, column] = [Math.floor(at / 3), at % 3]
    return [0, 1, 2].reduce((sum, k) => sum + (left[row * 3 + k] ?? 0) * (right[k * 3 + column] ?? 0), 0)
  })
}

/** But for a factor, which makes no difference. */
function inverse(homography: Homography): Homography {
  const [a, b, c, d, e, f, g, h, i] = homography as Nine
  return [
    e * i - f * h, c * h - b * i, b * f - c * e,
    f * g - d * i, a * i - c * g, c * d - a * f,
    d * h - e * g, b * g - a * h, a * e - b * d,
  ] // prettier-ignore
}
