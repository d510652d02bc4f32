/** In shares of the picture's width and height. */
export type Area = { left: number; top: number; width: number; height: number }

/**
 * Fills the areas with black, in place: interleaved RGB, three samples a pixel. A pixel that an area touches is filled
 * whole; what reaches beyond the picture is cut off. Not blurred, as blur can be undone.
 */
export function redact(rgb: Uint8Array, width: number, height: number, areas: readonly Area[]): void {
  for (const area of areas) {
    const [left, right] = reach(area.left, area.width, width)
    const [top, bottom] = reach(area.top, area.height, height)
    for (let y = top; y < bottom; y++) rgb.fill(0, 3 * (y * width + left), 3 * (y * width + right))
  }
}

function reach(start: number, length: number, size: number): [from: number, to: number] {
  return [Math.max(0, Math.floor(start * size)), Math.min(size, Math.ceil((start + length) * size))]
}
