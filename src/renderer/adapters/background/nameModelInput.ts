import * as flatbuffers from 'flatbuffers'

/*
 * MediaPipe's selfie segmentation model comes from its package without the metadata that MediaPipe's own segmenter asks for. It is a
 * FlatBuffer (TensorFlow's schema.fbs), whose references point forwards only: a new root can stand before it and point into
 * it, and nothing in it has to be moved.
 */

/** Fields of the table `Model`. */
const model = {
  version: 0,
  operatorCodes: 1,
  subgraphs: 2,
  description: 3,
  buffers: 4,
  metadataBuffer: 5,
  metadata: 6,
} as const
const MODEL_FIELDS = 7
const METADATA_NAME = 'TFLITE_METADATA'
/** `force_align` of a model's buffers. */
const ALIGNMENT_BYTES = 16
/** MediaPipe counts pixels from 0 to 255, the model from 0 to 1. */
const PIXEL_MAX = 255

/**
 * The model with a note that it takes pixels as numbers from 0 to 1. Throws a `RangeError` when the bytes are no model; one that
 * has metadata is answered as it is.
 */
export function nameModelInput(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const known = readRoot(bytes)
  if (known.target(model.metadata) !== null) return bytes
  const buffers = known.target(model.buffers)
  if (buffers === null) throw new RangeError('The model has no buffers.')
  const count = known.view.getUint32(buffers, true)
  const prefix = planPrefix(count, createMetadata())
  const whole = new Uint8Array(prefix.bytes + bytes.length)
  whole.set(bytes, prefix.bytes)
  writePrefix(whole, prefix, known, buffers)
  return whole
}

interface Root {
  readonly view: DataView
  readonly version: number
  /** Where the field's value begins; null where the model has none. */
  target(field: number): number | null
}

function readRoot(bytes: Uint8Array): Root {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (new TextDecoder().decode(bytes.subarray(4, 8)) !== 'TFL3')
    throw new RangeError('These bytes are no model.')
  const root = view.getUint32(0, true)
  const vtable = root - view.getInt32(root, true)
  const vtableBytes = view.getUint16(vtable, true)
  const slot = (field: number): number => {
    const at = 4 + 2 * field
    return at < vtableBytes ? view.getUint16(vtable + at, true) : 0
  }
  return {
    view,
    version: slot(model.version) === 0 ? 0 : view.getUint32(root + slot(model.version), true),
    target(field) {
      const offset = slot(field)
      return offset === 0 ? null : root + offset + view.getUint32(root + offset, true)
    },
  }
}

/** Where each part of the new beginning stands. */
interface Prefix {
  readonly vtable: number
  readonly table: number
  readonly buffers: number
  readonly metadataList: number
  readonly metadataVtable: number
  readonly metadataTable: number
  readonly name: number
  readonly bufferVtable: number
  readonly bufferTable: number
  readonly data: number
  readonly bytes: number
  readonly metadata: Uint8Array
}

function planPrefix(bufferCount: number, metadata: Uint8Array): Prefix {
  let end = 8
  const place = (bytes: number, alignment: number): number => {
    const at = Math.ceil(end / alignment) * alignment
    end = at + bytes
    return at
  }
  const vtable = place(4 + 2 * MODEL_FIELDS, 2)
  const table = place(4 + 4 * MODEL_FIELDS, 4)
  const buffers = place(4 + 4 * (bufferCount + 1), 4)
  const metadataList = place(8, 4)
  const metadataVtable = place(8, 2)
  const metadataTable = place(12, 4)
  const name = place(4 + METADATA_NAME.length + 1, 4)
  const bufferVtable = place(6, 2)
  const bufferTable = place(8, 4)
  // The bytes behind the length are what has to be aligned.
  end = Math.ceil((end + 4) / ALIGNMENT_BYTES) * ALIGNMENT_BYTES - 4
  const data = place(4 + metadata.length, 4)
  return {
    vtable,
    table,
    buffers,
    metadataList,
    metadataVtable,
    metadataTable,
    name,
    bufferVtable,
    bufferTable,
    data,
    bytes: Math.ceil(end / ALIGNMENT_BYTES) * ALIGNMENT_BYTES,
    metadata,
  }
}

function writePrefix(
  whole: Uint8Array<ArrayBuffer>,
  prefix: Prefix,
  known: Root,
  knownBuffers: number,
): void {
  const view = new DataView(whole.buffer)
  const pointTo = (at: number, target: number) => view.setUint32(at, target - at, true)
  const writeVtable = (at: number, tableBytes: number, offsets: readonly number[]) => {
    view.setUint16(at, 4 + 2 * offsets.length, true)
    view.setUint16(at + 2, tableBytes, true)
    offsets.forEach((offset, index) => view.setUint16(at + 4 + 2 * index, offset, true))
  }

  pointTo(0, prefix.table)
  whole.set(new TextEncoder().encode('TFL3'), 4)

  const slot = (field: number): number => 4 + 4 * field
  const kept = [model.operatorCodes, model.subgraphs, model.description, model.metadataBuffer]
  const isThere = (field: number): boolean =>
    !kept.some((candidate) => candidate === field) || known.target(field) !== null
  const fields = Array.from({ length: MODEL_FIELDS }, (_, field) => (isThere(field) ? slot(field) : 0))
  writeVtable(prefix.vtable, 4 + 4 * MODEL_FIELDS, fields)
  view.setInt32(prefix.table, prefix.table - prefix.vtable, true)
  view.setUint32(prefix.table + slot(model.version), known.version, true)
  for (const field of kept) {
    const target = known.target(field)
    if (target !== null) pointTo(prefix.table + slot(field), prefix.bytes + target)
  }
  pointTo(prefix.table + slot(model.buffers), prefix.buffers)
  pointTo(prefix.table + slot(model.metadata), prefix.metadataList)

  const count = known.view.getUint32(knownBuffers, true)
  view.setUint32(prefix.buffers, count + 1, true)
  for (let index = 0; index < count; index += 1) {
    const entry = knownBuffers + 4 + 4 * index
    pointTo(prefix.buffers + 4 + 4 * index, prefix.bytes + entry + known.view.getUint32(entry, true))
  }
  pointTo(prefix.buffers + 4 + 4 * count, prefix.bufferTable)

  view.setUint32(prefix.metadataList, 1, true)
  pointTo(prefix.metadataList + 4, prefix.metadataTable)
  writeVtable(prefix.metadataVtable, 12, [4, 8])
  view.setInt32(prefix.metadataTable, prefix.metadataTable - prefix.metadataVtable, true)
  pointTo(prefix.metadataTable + 4, prefix.name)
  view.setUint32(prefix.metadataTable + 8, count, true)
  view.setUint32(prefix.name, METADATA_NAME.length, true)
  whole.set(new TextEncoder().encode(METADATA_NAME), prefix.name + 4)

  writeVtable(prefix.bufferVtable, 8, [4])
  view.setInt32(prefix.bufferTable, prefix.bufferTable - prefix.bufferVtable, true)
  pointTo(prefix.bufferTable + 4, prefix.data)
  view.setUint32(prefix.data, prefix.metadata.length, true)
  whole.set(prefix.metadata, prefix.data + 4)
}

/** TensorFlow Lite's metadata (metadata_schema.fbs): one input, whose pixels become numbers from 0 to 1, and one output. */
function createMetadata(): Uint8Array {
  const builder = new flatbuffers.Builder(256)
  const list = (offsets: readonly number[]): number => {
    builder.startVector(4, offsets.length, 4)
    for (const offset of offsets.toReversed()) builder.addOffset(offset)
    return builder.endVector()
  }
  const table = (fields: number, entries: readonly (readonly [field: number, offset: number])[]): number => {
    builder.startObject(fields)
    for (const [field, offset] of entries) builder.addFieldOffset(field, offset, 0)
    return builder.endObject()
  }
  const channels = (value: number): number => {
    builder.startVector(4, 3, 4)
    for (let channel = 0; channel < 3; channel += 1) builder.addFloat32(value)
    return builder.endVector()
  }
  const normalization = table(2, [
    [0, channels(0)],
    [1, channels(PIXEL_MAX)],
  ])
  // A union of options, of which 1 is normalisation.
  builder.startObject(2)
  builder.addFieldInt8(0, 1, 0)
  builder.addFieldOffset(1, normalization, 0)
  const unit = builder.endObject()
  const input = table(7, [
    [0, builder.createString('image')],
    [4, list([unit])],
  ])
  const output = table(7, [[0, builder.createString('mask')]])
  const subgraph = table(8, [
    [2, list([input])],
    [3, list([output])],
  ])
  const whole = table(8, [
    [3, list([subgraph])],
    [7, builder.createString('1.0.0')],
  ])
  builder.finish(whole, 'M001')
  return builder.asUint8Array()
}
