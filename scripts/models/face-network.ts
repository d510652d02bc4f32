import { GraphBuilder, toChannelsOneHeightWidth, toOutInHeightWidth } from './graph.ts'
import { encodeOnnx } from './onnx.ts'
import { filesOf } from './package-files.ts'
import { numbersOf, readManifest, weightsNamed, type ManifestEntry } from './quantised.ts'

export const facePackage = {
  name: '@vladmandic/face-api',
  version: '1.7.15',
  integrity:
    'sha512-WDMmK3CfNLo8jylWqMoQgf4nIst3M0fzx1dnac96wv/dvMTN4DxC/Pq1DGtduDk1lktCamQ3MIDXFnvrdHTXDw==',
}

// src/tinyFaceDetector/const.ts
const meanOfFaces = [117.001, 114.697, 97.404]
// src/tinyYolov2/leaky.ts
const leak = 0.1

/**
 * The tiny face detector (src/tinyYolov2/TinyYolov2Base.ts, runMobilenet), which is all convolutions: its input may have any
 * size. Out come, for each cell of about 32 pixels, five boxes of five numbers.
 */
export async function makeFaceNetwork(): Promise<Uint8Array> {
  const [manifest, file] = await filesOf(facePackage, [
    'model/tiny_face_detector_model-weights_manifest.json',
    'model/tiny_face_detector_model.bin',
  ])
  const [group] = JSON.parse(manifest!.toString()) as [{ weights: ManifestEntry[] }]
  const weights = readManifest(group.weights, file!)
  const builder = new GraphBuilder()
  const filters = (name: string) => builder.weights(weightsNamed(weights, name), toOutInHeightWidth)
  const bias = (name: string) => {
    const numbers = numbersOf(weightsNamed(weights, name))
    return builder.floats(numbers, [numbers.length])
  }
  const leaky = (x: string) => builder.add('LeakyRelu', [x], [{ name: 'alpha', float: leak }])
  const pool = (x: string, stride: number) =>
    builder.add(
      'MaxPool',
      [x],
      [
        { name: 'kernel_shape', ints: [2, 2] },
        { name: 'strides', ints: [stride, stride] },
        { name: 'auto_pad', text: 'SAME_UPPER' },
      ],
    )
  const separable = (x: string, layer: string) => {
    const filter = weightsNamed(weights, `${layer}/depthwise_filter`)
    const spread = builder.add(
      'Conv',
      [x, builder.weights(filter, toChannelsOneHeightWidth)],
      [
        { name: 'group', int: filter.shape[2]! },
        { name: 'pads', ints: [1, 1, 1, 1] },
      ],
    )
    return leaky(builder.add('Conv', [spread, filters(`${layer}/pointwise_filter`), bias(`${layer}/bias`)]))
  }

  const centred = builder.add('Sub', ['pixels', builder.floats(meanOfFaces, [1, 3, 1, 1])])
  const scaled = builder.add('Mul', [centred, builder.floats([1 / 255], [])])
  let x = leaky(builder.add('Conv', [scaled, filters('conv0/filters'), bias('conv0/bias')]))
  for (const layer of ['conv1', 'conv2', 'conv3', 'conv4', 'conv5']) x = separable(pool(x, 2), layer)
  x = builder.add('Conv', [pool(x, 1), filters('conv8/filters'), bias('conv8/bias')])
  builder.add('Transpose', [x], [{ name: 'perm', ints: [0, 2, 3, 1] }], 'cells')

  return encodeOnnx(
    builder.graph(
      'tiny-face-detector',
      'Made by scripts/models from @vladmandic/face-api 1.7.15 (MIT). pixels: red, green, blue planes, 0..255.',
      [{ name: 'pixels', dims: ['pictures', 3, 'height', 'width'] }],
      [{ name: 'cells', dims: ['pictures', 'rows', 'columns', 25] }],
    ),
  )
}
