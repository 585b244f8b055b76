/** Elements of Matroska that are met or written here, by their ids with the length marker (RFC 9559, section 5). */
export const elementIds = {
  ebml: 0x1a_45_df_a3,
  segment: 0x18_53_80_67,
  seekHead: 0x11_4d_9b_74,
  seek: 0x4d_bb,
  seekId: 0x53_ab,
  seekPosition: 0x53_ac,
  info: 0x15_49_a9_66,
  timestampScale: 0x2a_d7_b1,
  duration: 0x44_89,
  tracks: 0x16_54_ae_6b,
  trackEntry: 0xae,
  trackNumber: 0xd7,
  trackType: 0x83,
  cluster: 0x1f_43_b6_75,
  timestamp: 0xe7,
  simpleBlock: 0xa3,
  blockGroup: 0xa0,
  block: 0xa1,
  referenceBlock: 0xfb,
  cues: 0x1c_53_bb_6b,
  cuePoint: 0xbb,
  cueTime: 0xb3,
  cueTrackPositions: 0xb7,
  cueTrack: 0xf7,
  cueClusterPosition: 0xf1,
  chapters: 0x10_43_a7_70,
  tags: 0x12_54_c3_67,
  attachments: 0x19_41_a4_69,
  void: 0xec,
  crc32: 0xbf,
} as const

/** What stands in front of an element's content. */
export interface ElementHeader {
  readonly id: number
  /** Bytes of the content; null: it goes on until something comes that cannot be in it. */
  readonly size: number | null
  /** Bytes of the header itself. */
  readonly length: number
}

/** Bytes that the longest header has: four of the id, eight of the size. */
export const HEADER_MAX_BYTES = 12

/** The header at the beginning of `bytes`; `cut`: they end within it. `invalid`: this is none (RFC 8794, sections 4 and 5). */
export function readHeader(bytes: Uint8Array): ElementHeader | 'cut' | 'invalid' {
  const idLength = lengthOf(bytes[0])
  if (idLength === null) return 'cut'
  if (idLength > 4) return 'invalid'
  const sizeLength = lengthOf(bytes[idLength])
  if (sizeLength === null) return bytes.length < HEADER_MAX_BYTES ? 'cut' : 'invalid'
  if (sizeLength > 8) return 'invalid'
  const length = idLength + sizeLength
  if (bytes.length < length) return 'cut'
  const id = readUint(bytes.subarray(0, idLength))
  const content = bytes.slice(idLength, length)
  content[0] = (content[0] ?? 0) & (0xff >> sizeLength)
  const isUnknown = content[0] === 0xff >> sizeLength && content.subarray(1).every((byte) => byte === 0xff)
  const size = readUint(content)
  if (!isUnknown && !Number.isSafeInteger(size)) return 'invalid'
  return { id, size: isUnknown ? null : size, length }
}

/** Bytes of a number that says its length by its leading zeros; 9: none that exists. Null: there is no byte. */
function lengthOf(first: number | undefined): number | null {
  return first === undefined ? null : Math.clz32(first) - 23
}

/** A big-endian number without sign; beyond 2^53 not exact. */
export function readUint(bytes: Uint8Array): number {
  return bytes.reduce((value, byte) => value * 256 + byte, 0)
}

/** The elements within `content`, which is there as a whole. Null: they do not fill it exactly. */
export function readChildren(
  content: Uint8Array,
): readonly { id: number; content: Uint8Array; whole: Uint8Array }[] | null {
  const children: { id: number; content: Uint8Array; whole: Uint8Array }[] = []
  for (let at = 0; at < content.length;) {
    const header = readHeader(content.subarray(at, at + HEADER_MAX_BYTES))
    if (typeof header === 'string' || header.size === null) return null
    const from = at + header.length
    const to = from + header.size
    if (to > content.length) return null
    children.push({ id: header.id, content: content.subarray(from, to), whole: content.subarray(at, to) })
    at = to
  }
  return children
}

/** An element with this content. Its size takes eight bytes, whatever it is, so that lengths are known before what they say. */
export function element(id: number, ...content: readonly Uint8Array[]): Uint8Array {
  const size = content.reduce((sum, { length }) => sum + length, 0)
  return concat([header(id, size), ...content])
}

/** The header of an element of `size` bytes, which are written by somebody else. */
export function header(id: number, size: number): Uint8Array {
  const written = uint(size)
  written[0] = 0x01
  return concat([idBytes(id), written])
}

/** An id as it stands in a file. */
export function idBytes(id: number): Uint8Array {
  const bytes = uint(id)
  return bytes.subarray(bytes.findIndex((byte) => byte !== 0))
}

/** Eight bytes. */
export function uint(value: number): Uint8Array {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value))
  return bytes
}

/** Eight bytes. */
export function float(value: number): Uint8Array {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setFloat64(0, value)
  return bytes
}

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
