// FlatBuffers names its own reading functions so.
/* oxlint-disable no-underscore-dangle */
import { readFileSync } from 'node:fs'
import * as flatbuffers from 'flatbuffers'
import { expect, test } from 'vitest'
import { nameModelInput } from './nameModelInput.ts'

const modelFile = 'node_modules/@mediapipe/selfie_segmentation/selfie_segmentation.tflite'
const model = (): Uint8Array<ArrayBuffer> => new Uint8Array(readFileSync(modelFile))

/** A table read by the FlatBuffers library itself. */
function openRoot(bytes: Uint8Array) {
  const buffer = new flatbuffers.ByteBuffer(bytes)
  const root = buffer.readInt32(0)
  const vector = (table: number, field: number) => {
    const offset = buffer.__offset(table, 4 + 2 * field)
    if (offset === 0) return null
    return { start: buffer.__vector(table + offset), length: buffer.__vector_len(table + offset) }
  }
  return { buffer, root, vector }
}

/** The bytes of each of the model's buffers. */
function readBuffers(bytes: Uint8Array): readonly string[] {
  const { buffer, root, vector } = openRoot(bytes)
  const buffers = vector(root, 4)
  return Array.from({ length: buffers?.length ?? 0 }, (_, index) => {
    const table = buffer.__indirect((buffers?.start ?? 0) + 4 * index)
    const data = vector(table, 0)
    return data === null
      ? ''
      : Buffer.from(bytes.subarray(data.start, data.start + data.length)).toString('base64')
  })
}

test('the model keeps all it has, and says how its pixels count', () => {
  const before = model()
  const after = nameModelInput(before)
  const { buffer, root, vector } = openRoot(after)
  expect(buffer.__has_identifier('TFL3')).toBe(true)
  const buffersBefore = readBuffers(before)
  const buffersAfter = readBuffers(after)
  expect(buffersAfter.slice(0, -1)).toEqual(buffersBefore)
  expect(
    Buffer.from(buffersAfter.at(-1) ?? '', 'base64')
      .subarray(4, 8)
      .toString(),
  ).toBe('M001')
  for (const field of [1, 2, 5])
    expect(vector(root, field)?.length).toBe(openRoot(before).vector(openRoot(before).root, field)?.length)
  const entry = buffer.__indirect(vector(root, 6)?.start ?? 0)
  expect(buffer.__string(entry + buffer.__offset(entry, 4))).toBe('TFLITE_METADATA')
  expect(buffer.readUint32(entry + buffer.__offset(entry, 6))).toBe(buffersBefore.length)
})

test('a model that says it already stays as it is', () => {
  const named = nameModelInput(model())
  expect(nameModelInput(named)).toBe(named)
})

test('what is no model is refused', () => {
  expect(() => nameModelInput(new Uint8Array(64))).toThrow(RangeError)
})
