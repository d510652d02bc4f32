import assert from 'node:assert/strict'
import { encodeHead } from './head.ts'
import { encodeOnnx } from './onnx.ts'
import { codesInOrder, numbersOf, readManifest } from './quantised.ts'
import { judge, teach, type Example } from '../picture-types/teach.ts'

const entry = (name: string, shape: number[]) => ({
  name,
  shape,
  dtype: 'float32',
  quantization: { dtype: 'uint8', scale: 0.5, min: -1 },
})

describe('making networks', () => {
  it('writes protobuf as its specification shows it', () => {
    const empty = { name: 'g', doc: '', inputs: [], outputs: [], initializers: [], nodes: [] }
    const bytes = encodeOnnx({
      ...empty,
      nodes: [{ op: 'Relu', inputs: ['x'], outputs: ['y'], attributes: [{ name: 'a', int: 150 }] }],
    })
    // Field 3, 150: the varint of the specification's first example, 0x96 0x01.
    const attribute = Buffer.from([0x0a, 1, 0x61, 0x18, 0x96, 0x01, 0xa0, 0x01, 2])
    const node = Buffer.concat([
      Buffer.from([0x0a, 1, 0x78, 0x12, 1, 0x79, 0x22, 4]),
      Buffer.from('Relu'),
      Buffer.from([0x2a, attribute.length]),
      attribute,
    ])
    assert.ok(Buffer.from(bytes).includes(Buffer.concat([Buffer.from([0x0a, node.length]), node])))
  })

  it('refuses numbers that it cannot write', () => {
    assert.throws(
      () => encodeHead({ features: -1, classes: 1, weights: new Float64Array(), bias: new Float64Array(1) }),
      RangeError,
    )
  })

  it('cuts weights as their manifest says, and refuses a file of another length', () => {
    const weights = readManifest([entry('a', [2]), entry('b', [1, 2])], Uint8Array.of(0, 2, 4, 6))
    assert.deepEqual([...numbersOf(weights.get('b')!)], [1, 2])
    assert.throws(() => readManifest([entry('a', [3])], Uint8Array.of(1, 2)), /their manifest tells of 3/)
  })

  it('puts axes into another order', () => {
    const codes = Uint8Array.from({ length: 24 }, (_, at) => at)
    const weights = { shape: [2, 3, 4], codes, scale: 1, min: 0 }
    const turned = codesInOrder(weights, [2, 0, 1])
    for (let a = 0; a < 2; a++)
      for (let b = 0; b < 3; b++)
        for (let c = 0; c < 4; c++) assert.equal(turned[(c * 2 + a) * 3 + b], codes[(a * 3 + b) * 4 + c])
  })

  it('teaches a head to tell apart what can be told apart by a line', () => {
    const examples = Array.from({ length: 60 }, (_, at): Example => {
      const of = at % 3
      return { class: of, features: [of === 0 ? 5 : -5 + at / 60, of === 1 ? 9 : at / 60, 1] }
    })
    const head = teach(examples, 3, 0.001)
    for (const { features, class: of } of examples) {
      const shares = judge(head, features)
      assert.equal(shares.indexOf(Math.max(...shares)), of)
      assert.ok(shares[of]! > 0.8)
    }
  })
})
