import type { AnnotationShape, PicturePoint } from '#shared/imaging-viewer.ts'
import type { Instant } from '#shared/time.ts'
import { measureOf, scaleOf, type Scale, type Size } from '../pipeline/kernels/measure.ts'
import { bytesOf, sideOf, sopClassUid, studyOf, type DicomPicture, type NamedDataset } from './dataset.ts'
import { dicomTime } from './dicom-time.ts'
import { longString } from './long-string.ts'
import { srgbProfile } from './srgb-profile.ts'

/** Color Softcopy Presentation State Storage. */
const sopClass = '1.2.840.10008.5.1.4.1.1.11.2'
const layer = 'DRAWINGS'

export type Presentation = {
  /** The picture that they are drawn on, as its own file describes it. */
  picture: DicomPicture
  series: string
  instance: string
  shapes: readonly AnnotationShape[]
  /** When the newest of them was drawn. */
  drawnAt: Instant
}

/**
 * The drawings on a picture as a file of their own beside it (PS3.3 A.33.2): vectors and words over the untouched pixels. A
 * second picture with the drawings in it would be seen by every viewer, but would have other pixels, coded once more, and
 * letters that a server must draw in every script.
 */
export function presentationOf({ picture, series, instance, shapes, drawnAt }: Presentation): NamedDataset {
  const { frame, uids, zone } = picture
  const drawn = dicomTime(drawnAt, zone)
  const size = { width: frame.columns, height: frame.rows }
  const reference = {
    ReferencedSOPClassUID: sopClassUid(picture.kind),
    ReferencedSOPInstanceUID: uids.instance,
  }
  const scale = scaleOf(shapes, size)
  const lines = shapes.flatMap((shape) => linesOf(shape, size))
  const words = shapes.flatMap((shape) => wordsOf(shape, size, scale))
  const spacing = picture.scale && String(Number(picture.scale.mmPerPixel.toPrecision(6)))
  return {
    ...studyOf(picture),
    SOPClassUID: sopClass,
    SOPInstanceUID: instance,
    SeriesInstanceUID: series,
    SeriesNumber: '3',
    Modality: 'PR',
    ...partOf(picture.site),
    InstanceNumber: '1',
    ContentLabel: layer,
    ContentDescription: longString('Drawings and measurements on the picture'),
    ContentCreatorName: '',
    PresentationCreationDate: drawn.date,
    PresentationCreationTime: drawn.time,
    ReferencedSeriesSequence: [{ SeriesInstanceUID: uids.series, ReferencedImageSequence: [reference] }],
    DisplayedAreaSelectionSequence: [
      {
        DisplayedAreaTopLeftHandCorner: [1, 1],
        DisplayedAreaBottomRightHandCorner: [frame.columns, frame.rows],
        PresentationSizeMode: 'SCALE TO FIT',
        ...(spacing === null
          ? { PresentationPixelAspectRatio: ['1', '1'] }
          : { PresentationPixelSpacing: [spacing, spacing] }),
      },
    ],
    GraphicAnnotationSequence: [
      {
        ReferencedImageSequence: [reference],
        GraphicLayer: layer,
        ...(words.length > 0 ? { TextObjectSequence: words } : {}),
        ...(lines.length > 0 ? { GraphicObjectSequence: lines } : {}),
      },
    ],
    GraphicLayerSequence: [{ GraphicLayer: layer, GraphicLayerOrder: '1' }],
    ICCProfile: [bytesOf(frame.profile ?? srgbProfile())],
  }
}

/** A series must have a side or be of something that has none; its picture's own file says more. */
function partOf(site: DicomPicture['site']) {
  const side = sideOf(site)
  return side === null ? { BodyPartExamined: 'WHOLEBODY' } : { Laterality: side }
}

/** PIXEL: from the corner of the first pixel, not from its middle, as our shares are. */
function inPixels(points: readonly PicturePoint[], { width, height }: Size): number[] {
  return points.flatMap(({ x, y }) => [x * width, y * height])
}

const headShare = 0.015

function linesOf(shape: AnnotationShape, size: Size) {
  switch (shape.kind) {
    case 'text':
      return []
    case 'outline':
      return [line([...shape.points, ...shape.points.slice(0, 1)], size)]
    case 'calibration': {
      const corners = shape.marker?.corners
      return [line(corners ? [...corners, ...corners.slice(0, 1)] : shape.points, size)]
    }
    case 'arrow':
      return arrow(shape.points, size)
    case 'ruler':
    case 'angle':
      return [line(shape.points, size)]
  }
}

/** A tap is a point; a drag is a line with a head. */
function arrow([from, tip]: readonly PicturePoint[], size: Size) {
  if (!from || !tip) return []
  const [dx, dy] = [(tip.x - from.x) * size.width, (tip.y - from.y) * size.height]
  if (Math.hypot(dx, dy) < 1) return [{ ...graphic, NumberOfGraphicPoints: 1, GraphicData: inPixels([tip], size), GraphicType: 'POINT' }] // prettier-ignore
  const turn = Math.atan2(dy, dx)
  const reach = headShare * Math.max(size.width, size.height)
  const barb = (side: number) => ({
    x: tip.x - (reach * Math.cos(turn + side)) / size.width,
    y: tip.y - (reach * Math.sin(turn + side)) / size.height,
  })
  return [line([from, tip], size), line([barb(0.5), tip, barb(-0.5)], size)]
}

const graphic = { GraphicAnnotationUnits: 'PIXEL', GraphicDimensions: 2, GraphicFilled: 'N' } as const

function line(points: readonly PicturePoint[], size: Size) {
  return {
    ...graphic,
    NumberOfGraphicPoints: points.length,
    GraphicData: inPixels(points, size),
    GraphicType: 'POLYLINE',
  }
}

/** What a shape says or measures, anchored where it ends. */
function wordsOf(shape: AnnotationShape, size: Size, scale: Scale | null) {
  const said = shape.kind === 'text' ? shape.text : measured(shape, size, scale)
  const at = shape.points.at(-1)
  if (said === null || !at) return []
  return [
    {
      UnformattedTextValue: said,
      AnchorPoint: inPixels([at], size),
      AnchorPointVisibility: shape.kind === 'text' ? 'Y' : 'N',
      AnchorPointAnnotationUnits: 'PIXEL',
    },
  ]
}

/** In signs that every language reads. */
function measured(shape: AnnotationShape, size: Size, scale: Scale | null): string | null {
  const measure = measureOf(shape, size, scale)
  switch (measure?.of) {
    case 'length':
      return `${measure.length.toFixed(1)} ${measure.unit}`
    case 'area':
      return `${measure.area.toFixed(1)} ${measure.unit}², ${measure.perimeter.toFixed(1)} ${measure.unit}`
    case 'angle':
      return `${measure.degrees.toFixed(1)}°`
    case 'calibration':
      return `= ${measure.millimetres} mm`
    case undefined:
      return null
  }
}
