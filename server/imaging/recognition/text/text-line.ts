/** In shares of the picture's width and height: 0 is the left or upper edge, 1 the right or lower one. */
export type Spot = { x: number; y: number }

/** Around a line of text, in the order of its own reading: upper left, upper right, lower right, lower left. */
export type TextBox = readonly [Spot, Spot, Spot, Spot]

/** One line as a model read it. A proposal: nobody has checked it. */
export type TextLine = {
  text: string
  /** Mean of what the model gave to the characters it chose, 0..1. No probability that the line is right. */
  confidence: number
  box: TextBox
}
