// A writer of ONNX files: the few messages of https://github.com/onnx/onnx/blob/main/onnx/onnx.proto that our networks need,
// in protobuf's wire format (https://protobuf.dev/programming-guides/encoding/). No library is needed for so little.

/** Of a tensor in the file: raw little-endian bytes. */
export type Initializer = {
  name: string
  type: 'float32' | 'uint8' | 'int64'
  dims: number[]
  raw: Uint8Array
}
export type Attribute =
  | { name: string; int: number }
  | { name: string; float: number }
  | { name: string; ints: number[] }
  | { name: string; text: string }
export type Node = { op: string; inputs: string[]; outputs: string[]; attributes: Attribute[] }
/** A dimension is a number, or a name where it is only known when the network runs. */
export type Port = { name: string; dims: (number | string)[] }
export type Graph = {
  name: string
  doc: string
  inputs: Port[]
  outputs: Port[]
  initializers: Initializer[]
  nodes: Node[]
}

// Of operators known since 2020; every runtime of today has them.
const irVersion = 7
const opset = 13
// TensorProto.DataType
const elementTypes = { float32: 1, uint8: 2, int64: 7 } as const
// AttributeProto.AttributeType
const attributeTypes = { float: 1, int: 2, text: 3, ints: 7 } as const

/** The bytes of an .onnx file. The same graph gives the same bytes. */
export function encodeOnnx(graph: Graph): Uint8Array {
  return Buffer.concat([
    varint(1, irVersion),
    text(2, 'bedside'),
    message(7, encodeGraph(graph)),
    message(8, [text(1, ''), varint(2, opset)]),
  ])
}

function encodeGraph({ name, doc, inputs, outputs, initializers, nodes }: Graph): Uint8Array[] {
  return [
    ...nodes.map((node) => message(1, encodeNode(node))),
    text(2, name),
    ...initializers.map((initializer) => message(5, encodeInitializer(initializer))),
    text(10, doc),
    ...inputs.map((port) => message(11, encodePort(port))),
    ...outputs.map((port) => message(12, encodePort(port))),
  ]
}

function encodeNode({ op, inputs, outputs, attributes }: Node): Uint8Array[] {
  return [
    ...inputs.map((name) => text(1, name)),
    ...outputs.map((name) => text(2, name)),
    text(4, op),
    ...attributes.map((attribute) => message(5, encodeAttribute(attribute))),
  ]
}

function encodeAttribute(attribute: Attribute): Uint8Array[] {
  const name = text(1, attribute.name)
  if ('float' in attribute) return [name, fixed32(2, attribute.float), varint(20, attributeTypes.float)]
  if ('int' in attribute) return [name, varint(3, attribute.int), varint(20, attributeTypes.int)]
  if ('text' in attribute) return [name, text(4, attribute.text), varint(20, attributeTypes.text)]
  return [name, ...attribute.ints.map((value) => varint(8, value)), varint(20, attributeTypes.ints)]
}

function encodeInitializer({ name, type, dims, raw }: Initializer): Uint8Array[] {
  return [...dims.map((size) => varint(1, size)), varint(2, elementTypes[type]), text(8, name), bytes(9, raw)]
}

function encodePort({ name, dims }: Port): Uint8Array[] {
  const shape = dims.map((size) => message(1, [typeof size === 'number' ? varint(1, size) : text(2, size)]))
  return [text(1, name), message(2, [message(1, [varint(1, elementTypes.float32), message(2, shape)])])]
}

const wire = { varint: 0, delimited: 2, fixed32: 5 } as const

function varint(field: number, value: number): Uint8Array {
  return Buffer.from([...digits(field * 8 + wire.varint), ...digits(value)])
}

function fixed32(field: number, value: number): Uint8Array {
  const number = Buffer.alloc(4)
  number.writeFloatLE(value)
  return Buffer.concat([Buffer.from(digits(field * 8 + wire.fixed32)), number])
}

function bytes(field: number, content: Uint8Array): Uint8Array {
  return Buffer.concat([
    Buffer.from([...digits(field * 8 + wire.delimited), ...digits(content.length)]),
    content,
  ])
}

const text = (field: number, content: string) => bytes(field, Buffer.from(content))
const message = (field: number, parts: Uint8Array[]) => bytes(field, Buffer.concat(parts))

/** Base 128, the lowest digit first, the highest bit of all but the last one set. Nothing here is negative. */
function digits(value: number): number[] {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${value} cannot be written`)
  const out: number[] = []
  let left = value
  for (; left >= 128; left = Math.floor(left / 128)) out.push((left % 128) + 128)
  return [...out, left]
}
