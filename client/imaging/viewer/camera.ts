import type { PicturePoint, PictureRect } from '#shared/imaging-viewer.ts'

export interface Size {
  readonly width: number
  readonly height: number
}

/** A place on the screen in CSS pixels, from the top left corner of a pane. */
export interface PanePoint {
  readonly x: number
  readonly y: number
}

/** Which point of the picture (in shares of its size) is in the middle of the pane, and CSS pixels to one of the picture. */
export interface Camera {
  readonly x: number
  readonly y: number
  readonly scale: number
}

/** A picture and the pane it is looked at in. */
export interface Scene {
  readonly picture: Size
  readonly pane: Size
}

export const maxScale = 8
/** From here on single pixels are of interest, and shown as such. */
export const pixelatedFrom = 3

/** The whole picture, as large as the pane allows. */
export function fit({ picture, pane }: Scene): Camera {
  const scale = Math.min(pane.width / picture.width, pane.height / picture.height)
  return { x: 0.5, y: 0.5, scale: scale > 0 ? scale : 1 }
}

/** No smaller than the whole picture, no larger than 800 %, no emptiness beside a picture that could fill it. */
export function clamp(scene: Scene, camera: Camera): Camera {
  const whole = fit(scene).scale
  const scale = between(camera.scale, Math.min(whole, 1), Math.max(whole, maxScale))
  const { picture, pane } = scene
  return {
    scale,
    x: middle(camera.x, pane.width / (picture.width * scale)),
    y: middle(camera.y, pane.height / (picture.height * scale)),
  }
}

/** Larger (`factor` above 1) or smaller, with the point under the finger staying under it. */
export function zoomAt(scene: Scene, camera: Camera, factor: number, at: PanePoint): Camera {
  const held = toPicture(scene, camera, at)
  const { scale } = clamp(scene, { ...camera, scale: camera.scale * factor })
  const { picture, pane } = scene
  return clamp(scene, {
    scale,
    x: held.x - (at.x - pane.width / 2) / (picture.width * scale),
    y: held.y - (at.y - pane.height / 2) / (picture.height * scale),
  })
}

/** The picture follows the hand by so many CSS pixels. */
export function pan(scene: Scene, camera: Camera, dx: number, dy: number): Camera {
  const { picture } = scene
  return clamp(scene, {
    ...camera,
    x: camera.x - dx / (picture.width * camera.scale),
    y: camera.y - dy / (picture.height * camera.scale),
  })
}

/** May lie outside of the picture; see `onPicture`. */
export function toPicture({ picture, pane }: Scene, camera: Camera, at: PanePoint): PicturePoint {
  return {
    x: camera.x + (at.x - pane.width / 2) / (picture.width * camera.scale),
    y: camera.y + (at.y - pane.height / 2) / (picture.height * camera.scale),
  }
}

export function toPane({ picture, pane }: Scene, camera: Camera, point: PicturePoint): PanePoint {
  return {
    x: pane.width / 2 + (point.x - camera.x) * picture.width * camera.scale,
    y: pane.height / 2 + (point.y - camera.y) * picture.height * camera.scale,
  }
}

/** The nearest point of the picture, with more digits than any picture has pixels. */
export function onPicture({ x, y }: PicturePoint): PicturePoint {
  return { x: share(x), y: share(y) }
}

/** The part of the picture that can be seen. */
export function seenBy(scene: Scene, camera: Camera): PictureRect {
  const from = onPicture(toPicture(scene, camera, { x: 0, y: 0 }))
  const to = onPicture(toPicture(scene, camera, { x: scene.pane.width, y: scene.pane.height }))
  return {
    x: from.x,
    y: from.y,
    width: between(to.x - from.x, 0.001, 1),
    height: between(to.y - from.y, 0.001, 1),
  }
}

/** Shows all of this part, however the pane is shaped, in its middle. */
export function showing(scene: Scene, rect: PictureRect): Camera {
  const { picture, pane } = scene
  return clamp(scene, {
    x: rect.x + rect.width / 2,
    y: rect.y + rect.height / 2,
    scale: Math.min(pane.width / (rect.width * picture.width), pane.height / (rect.height * picture.height)),
  })
}

function middle(wanted: number, share: number): number {
  return share >= 1 ? 0.5 : between(wanted, share / 2, 1 - share / 2)
}

function share(value: number): number {
  return Math.round(between(value, 0, 1) * 1e6) / 1e6
}

function between(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value))
}
