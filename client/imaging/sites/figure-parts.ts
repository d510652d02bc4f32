import type { BodySite, BodySiteCode } from '#shared/imaging-site.ts'

/** A part of one of the drawings: where it is, and where its number stands. */
export interface FigurePart {
  readonly site: BodySite
  readonly path: string
  /** Drawn as its mirror image. */
  readonly mirrored: boolean
  readonly middle: readonly [number, number]
}

export type FigureName = 'front' | 'back' | 'head'

/** All drawings are this large. */
export const figureSize = { width: 200, height: 440 } as const

type Shape = readonly [code: BodySiteCode, path: string, middle: readonly [number, number]]

const arm: readonly Shape[] = [
  ['shoulder', 'M86 75C72 76 58 80 55 97L69 101L78 84Z', [67, 88]],
  ['upperArm', 'M55 97L69 101C68 120 66 134 64 147L48 144C48 128 51 110 55 97Z', [58, 122]],
  ['elbow', 'M48 144L64 147L61 166L45 162Z', [54, 155]],
  ['forearm', 'M45 162L61 166C59 184 55 200 51 214L37 211C39 194 41 178 45 162Z', [48, 189]],
  ['wrist', 'M37 211L51 214L49 225L35 222Z', [43, 218]],
  ['hand', 'M35 222L49 225L48 246L32 244Z', [41, 235]],
  ['finger', 'M32 244L48 246C48 254 46 262 42 267C37 268 33 264 31 259Z', [39, 256]],
]

const lowerLeg: readonly Shape[] = [
  ['lowerLeg', 'M76 318L95 318C97 340 94 366 92 390L80 390C76 366 73 340 76 318Z', [85, 352]],
  ['ankle', 'M80 390L92 390L92 402L79 402Z', [86, 396]],
  ['foot', 'M79 402L92 402L94 416L68 418C69 411 74 406 79 402Z', [83, 411]],
]

/** The halves on the left of the drawing, and what lies in its middle. */
const drawn: Readonly<Record<FigureName, { halves: readonly Shape[]; middles: readonly Shape[] }>> = {
  front: {
    halves: [
      ...arm,
      ['breast', 'M74 112A11 11 0 1 1 96 112A11 11 0 1 1 74 112Z', [85, 112]],
      ['hip', 'M73 188L85 190L80 218L68 216C69 206 71 197 73 188Z', [76, 203]],
      ['groin', 'M85 190L95 192L96 208L80 218Z', [88, 203]],
      ['thigh', 'M68 216L96 208L98 216C99 244 97 268 96 292L74 292C70 268 66 242 68 216Z', [83, 252]],
      ['knee', 'M74 292L96 292L95 318L76 318Z', [85, 305]],
      ...lowerLeg,
      ['toe', 'M68 418L94 416C95 421 94 425 91 427L68 427C65 424 66 420 68 418Z', [81, 422]],
    ],
    middles: [
      ['scalp', 'M79 30C79 14 89 7 100 7C111 7 121 14 121 30C115 20 85 20 79 30Z', [100, 14]],
      ['face', 'M79 30C85 20 115 20 121 30C122 46 113 60 100 60C87 60 78 46 79 30Z', [100, 40]],
      ['neck', 'M89 58C95 62 105 62 111 58L114 75L86 75Z', [100, 68]],
      [
        'chest',
        'M86 75L114 75L122 84L131 101C130 114 128 124 127 134L73 134C72 124 70 114 69 101L78 84Z',
        [100, 90],
      ],
      [
        'abdomen',
        'M73 134L127 134C126 152 125 168 127 188L105 192L95 192L73 188C75 168 74 152 73 134Z',
        [100, 160],
      ],
      ['genital', 'M95 192L105 192L104 208C102 213 98 213 96 208Z', [100, 201]],
    ],
  },
  back: {
    halves: [
      ...arm,
      ['buttock', 'M73 188L100 188L100 220C90 226 76 224 68 216C69 206 71 197 73 188Z', [85, 206]],
      ['thigh', 'M68 216C76 224 90 226 99 221C99 246 97 268 96 292L74 292C70 268 66 242 68 216Z', [83, 256]],
      ['knee', 'M74 292L96 292L95 318L76 318Z', [85, 305]],
      ...lowerLeg,
    ],
    middles: [
      [
        'scalp',
        'M79 30C79 14 89 7 100 7C111 7 121 14 121 30C122 44 116 54 111 57L89 57C84 54 78 44 79 30Z',
        [100, 32],
      ],
      ['neck', 'M89 57L111 57L114 75L86 75Z', [100, 67]],
      [
        'upperBack',
        'M86 75L114 75L122 84L131 101C130 114 128 124 127 134L73 134C72 124 70 114 69 101L78 84Z',
        [100, 106],
      ],
      ['lowerBack', 'M73 134L127 134C126 152 125 168 127 188L73 188C75 168 74 152 73 134Z', [100, 162]],
    ],
  },
  head: {
    halves: [
      ['ear', 'M38 150C26 142 22 166 28 184C32 196 40 198 42 190Z', [32, 170]],
      ['eye', 'M60 158C68 148 84 148 91 158C84 167 68 167 60 158Z', [76, 158]],
    ],
    middles: [
      ['scalp', 'M38 140C32 90 62 60 100 60C138 60 168 90 162 140C150 108 50 108 38 140Z', [100, 84]],
      ['face', 'M38 140C50 108 150 108 162 140C166 200 142 262 100 262C58 262 34 200 38 140Z', [100, 128]],
      ['nose', 'M94 160C92 182 88 190 84 200C90 208 110 208 116 200C112 190 108 182 106 160Z', [100, 188]],
      ['mouth', 'M76 224C84 216 116 216 124 224C116 238 84 238 76 224Z', [100, 226]],
      ['throat', 'M66 254C84 266 116 266 134 254L138 300L62 300Z', [100, 282]],
      ['neck', 'M62 300L138 300L150 330L50 330Z', [100, 316]],
    ],
  },
}

/** From head to toe; what is small lies over what is large. The patient's left is on the right of the front. */
export function partsOf(figure: FigureName): FigurePart[] {
  const { halves, middles } = drawn[figure]
  const sideOf = (mirrored: boolean) => ((figure === 'back') !== mirrored ? 'left' : 'right')
  return [
    ...middles.map(([code, path, middle]) => ({
      site: { code, laterality: null },
      path,
      mirrored: false,
      middle,
    })),
    ...halves.flatMap(([code, path, [x, y]]) =>
      [false, true].map((mirrored) => ({
        site: { code, laterality: sideOf(mirrored) } as const,
        path,
        mirrored,
        middle: [mirrored ? figureSize.width - x : x, y] as const,
      })),
    ),
  ].toSorted((a, b) => a.middle[1] - b.middle[1] || a.middle[0] - b.middle[0])
}
