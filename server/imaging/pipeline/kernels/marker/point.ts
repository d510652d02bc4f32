/** In pixels: pixel middles at whole numbers, x to the right, y down. */
export type Point = { x: number; y: number }

/** In order around the quadrilateral. */
export type Corners = readonly [Point, Point, Point, Point]
