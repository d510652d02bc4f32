import type { Proposal } from '#shared/imaging-proposal.ts'
import type { TextLine } from '#shared/imaging-recognition.ts'

const sure = 0.97

/** Lines from above to below, one a row; `|` parts what stands side by side in two columns. */
export function rows(...texts: string[]): TextLine[] {
  const height = 1 / (texts.length + 1)
  return texts.flatMap((text, row) =>
    text.split('|').map((part, column) =>
      at(part.trim(), {
        x: 0.05 + column * 0.5,
        y: (row + 0.2) * height,
        width: 0.3,
        height: height * 0.6,
      }),
    ),
  )
}

type Place = { x: number; y: number; width: number; height: number; confidence?: number }

export function at(text: string, { x, y, width, height, confidence = sure }: Place): TextLine {
  return {
    text,
    confidence,
    corners: [
      { x, y },
      { x: x + width, y },
      { x: x + width, y: y + height },
      { x, y: y + height },
    ],
  }
}

/** As a picture of it would be that is held turned by so many degrees. */
export function turned(lines: readonly TextLine[], degrees: number): TextLine[] {
  const turn = (degrees / 180) * Math.PI
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)]
  return lines.map((line) => ({
    ...line,
    corners: line.corners.map(({ x, y }) => ({
      x: 0.5 + 0.6 * ((x - 0.5) * cos - (y - 0.5) * sin),
      y: 0.5 + 0.6 * ((x - 0.5) * sin + (y - 0.5) * cos),
    })),
  }))
}

/** "bloodPressure 120/80 mm[Hg]" and, if in doubt, " ? unlabelled"; "Paracetamol # 500 mg # tablets # take one". */
export function inShort(proposal: Proposal): string {
  const doubts = proposal.doubts.length > 0 ? ` ? ${proposal.doubts.join()}` : ''
  if (proposal.kind === 'vital') {
    const { vital, numbers, unit } = proposal
    return `${vital} ${numbers.map(({ text }) => text).join('/')} ${unit ?? 'no unit'}${doubts}`
  }
  const { name, strength, form, dosage } = proposal
  return `${[name, strength, form, dosage].map((part) => part?.text ?? '-').join(' # ')}${doubts}`
}
