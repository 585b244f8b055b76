import { err, ok, type Result } from '../../../shared/result.ts'
import { createFileWindow, type ReadAt } from './createFileWindow.ts'
import {
  concat,
  type ElementHeader,
  elementIds as ids,
  HEADER_MAX_BYTES,
  readChildren,
  readHeader,
  readUint,
} from './ebml.ts'

/** More than a browser writes about a film ahead of its pictures. */
const HEAD_MAX_BYTES = 1024 * 1024
/** More than one picture has. An element that is longer and has no end is no cut one, but damage. */
const BLOCK_MAX_BYTES = 16 * 1024 * 1024
/** RFC 8794, section 7. */
const NUMBER_MAX_BYTES = 8
/** A pause between the last two pictures of a track says nothing about how long the last one stands. */
const LAST_MAX_NS = 100_000_000
const VIDEO = 1

/** A stretch of a film, whole to its last picture: the bytes of its content. */
export interface WebmCluster {
  readonly from: number
  readonly to: number
  /** When its first key picture is shown, in units of the film's time scale; null: it has none, and nobody can begin there. */
  readonly keyAt: number | null
}

/** Where things are in a film, as far as it is whole. */
export interface WebmLayout {
  /** The first element, which says what kind of file it is. */
  readonly head: Uint8Array
  /** What is said about the film, without its length. */
  readonly info: Uint8Array
  readonly tracks: Uint8Array
  /** The track in which one can begin. */
  readonly keyTrack: number
  /** In units of the film's time scale, of `timestampScaleNs` each. */
  readonly durationUnits: number
  readonly timestampScaleNs: number
  readonly clusters: readonly WebmCluster[]
}

/**
 * Why a film cannot be made seekable. `seekable`: it has its length and an index; `foreign`: a file of another kind, or of which not
 * even the beginning is there; `damaged`: something stands in it that cannot, and what follows would be lost.
 */
export type ScanFailure = 'seekable' | 'foreign' | 'damaged'

/** An element in the file. `to` is null where only what follows tells. */
interface Found extends ElementHeader {
  readonly from: number
  readonly to: number | null
}

const segmentIds = new Set<number>([
  ids.seekHead,
  ids.info,
  ids.tracks,
  ids.cluster,
  ids.cues,
  ids.chapters,
  ids.tags,
  ids.attachments,
])
/** Timestamp, position and size of the one before, silent tracks and the like: they belong to a cluster and are no pictures. */
const clusterIds = new Set<number>([ids.timestamp, 0xa7, 0xab, 0x58_54, ids.void, ids.crc32])

/** What is known so far. */
interface Scan {
  readonly look: ReadAt
  readonly sizeBytes: number
  readonly times: Map<number, { lastUnits: number; stepUnits: number }>
  readonly clusters: WebmCluster[]
  keyTrack: number
}

/**
 * Reads through a film that a browser's recorder wrote as it went (RFC 9559), whose end may be missing. Rejects as `read` does.
 */
export async function scanWebm(read: ReadAt, sizeBytes: number): Promise<Result<WebmLayout, ScanFailure>> {
  const look = createFileWindow(read)
  const head = await find(look, 0)
  if (typeof head === 'string' || head.id !== ids.ebml || head.to === null || head.to > HEAD_MAX_BYTES) {
    return err('foreign')
  }
  const segment = await find(look, head.to)
  if (typeof segment === 'string' || segment.id !== ids.segment) return err('foreign')
  const headBytes = (await look(0, head.to)).slice()

  const scan: Scan = { look, sizeBytes, times: new Map(), clusters: [], keyTrack: 0 }
  let info: FilmInfo | null = null
  let tracks: Uint8Array | null = null
  let hasCues = false
  for (let at = segment.from; at < Math.min(segment.to ?? sizeBytes, sizeBytes);) {
    const found = await find(look, at)
    if (found === 'cut') break
    if (found === 'invalid') return err('damaged')
    if (found.id === ids.cluster) {
      if (info === null || tracks === null) return err('foreign')
      const end = await scanCluster(scan, found)
      if (end === null) return err('damaged')
      at = end
      continue
    }
    if (!segmentIds.has(found.id) && found.id !== ids.void && found.id !== ids.crc32) return err('damaged')
    if (found.to === null || found.to > sizeBytes) break
    if (found.id === ids.cues) hasCues = true
    if (found.id === ids.info || found.id === ids.tracks) {
      if (found.to - at > HEAD_MAX_BYTES) return err('foreign')
      const whole = (await look(at, found.to - at)).slice()
      if (found.id === ids.info) info = readInfo(whole.subarray(found.length))
      else {
        scan.keyTrack = readKeyTrack(whole.subarray(found.length))
        tracks = whole
      }
    }
    at = found.to
  }
  if (info === null || tracks === null || scan.clusters.length === 0) return err('foreign')
  if (info.hasDuration && hasCues) return err('seekable')
  const { timestampScaleNs } = info
  const durationUnits = lengthOf(scan, timestampScaleNs)
  const { clusters, keyTrack } = scan
  return ok({
    head: headBytes,
    info: info.others,
    tracks,
    keyTrack,
    durationUnits,
    timestampScaleNs,
    clusters,
  })
}

async function find(look: ReadAt, at: number): Promise<Found | 'cut' | 'invalid'> {
  const header = readHeader(await look(at, HEADER_MAX_BYTES))
  if (typeof header === 'string') return header
  const from = at + header.length
  return { ...header, from, to: header.size === null ? null : from + header.size }
}

/** Where what follows begins; null: damage. */
async function scanCluster(scan: Scan, cluster: Found): Promise<number | null> {
  const end = Math.min(cluster.to ?? scan.sizeBytes, scan.sizeBytes)
  let at = cluster.from
  let timestamp: number | null = null
  let keyAt: number | null = null
  let hasBlocks = false
  let isCut = false
  while (at < end && !isCut) {
    const found = await find(scan.look, at)
    // A size that is not known ends where something comes that stands beside clusters.
    if (typeof found !== 'string' && cluster.to === null && segmentIds.has(found.id)) break
    const judged = judge(found, end, scan.sizeBytes)
    if (judged === 'damaged') return null
    if (judged === 'cut') {
      isCut = true
      continue
    }
    if (judged.id === ids.timestamp) {
      if (judged.size > NUMBER_MAX_BYTES) return null
      timestamp = readUint(await scan.look(judged.from, judged.size))
    }
    if (isBlock(judged)) {
      const block = timestamp === null ? null : await readBlock(scan.look, judged)
      if (block === null || timestamp === null) return null
      const atUnits = timestamp + block.offsetUnits
      hasBlocks = true
      keepTime(scan, block.track, atUnits)
      if (block.isKey && block.track === scan.keyTrack) keyAt ??= atUnits
    }
    at = judged.from + judged.size
  }
  if (hasBlocks) scan.clusters.push({ from: cluster.from, to: at, keyAt })
  // Nothing follows what is cut.
  return isCut ? scan.sizeBytes : at
}

/** An element of a cluster that is there as a whole. */
interface Whole extends Found {
  readonly size: number
}

const isBlock = ({ id }: Found): boolean => id === ids.simpleBlock || id === ids.blockGroup

function judge(found: Found | 'cut' | 'invalid', end: number, sizeBytes: number): Whole | 'cut' | 'damaged' {
  if (found === 'cut') return 'cut'
  if (found === 'invalid' || found.size === null || found.size > BLOCK_MAX_BYTES) return 'damaged'
  if (!isBlock(found) && !clusterIds.has(found.id)) return 'damaged'
  const to = found.from + found.size
  if (to > sizeBytes) return 'cut'
  return to > end ? 'damaged' : { ...found, size: found.size }
}

interface Block {
  readonly track: number
  readonly offsetUnits: number
  readonly isKey: boolean
}

/** RFC 9559, section 10: a track's number, the time from the cluster's, flags. */
async function readBlock(look: ReadAt, found: Whole): Promise<Block | null> {
  const { size } = found
  if (found.id === ids.simpleBlock) {
    const start = readBlockStart(await look(found.from, Math.min(size, 12)))
    return start === null ? null : { ...start, isKey: (start.flags & 0x80) !== 0 }
  }
  const children = readChildren(await look(found.from, size))
  const block = children?.find(({ id }) => id === ids.block)
  const start = block === undefined ? null : readBlockStart(block.content)
  const isKey = children?.some(({ id }) => id === ids.referenceBlock) === false
  return start === null ? null : { ...start, isKey }
}

function readBlockStart(bytes: Uint8Array): { track: number; offsetUnits: number; flags: number } | null {
  const length = Math.clz32(bytes[0] ?? 0) - 23
  const flags = bytes[length + 2]
  if (length > 8 || flags === undefined) return null
  const number = bytes.slice(0, length)
  number[0] = (number[0] ?? 0) & (0xff >> length)
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  return { track: readUint(number), offsetUnits: view.getInt16(length), flags }
}

function keepTime({ times }: Scan, track: number, atUnits: number): void {
  const { lastUnits, stepUnits } = times.get(track) ?? { lastUnits: atUnits, stepUnits: 0 }
  if (atUnits > lastUnits) times.set(track, { lastUnits: atUnits, stepUnits: atUnits - lastUnits })
  else times.set(track, { lastUnits, stepUnits })
}

/** Until the end of what is shown and heard last, which lasts as long as the one before it. */
function lengthOf({ times }: Scan, timestampScaleNs: number): number {
  const lastMax = LAST_MAX_NS / timestampScaleNs
  const ends = Array.from(
    times.values(),
    ({ lastUnits, stepUnits }) => lastUnits + Math.min(stepUnits, lastMax),
  )
  return ends.reduce((longest, end) => Math.max(longest, end), 0)
}

interface FilmInfo {
  readonly others: Uint8Array
  readonly timestampScaleNs: number
  readonly hasDuration: boolean
}

function readInfo(content: Uint8Array): FilmInfo | null {
  const children = readChildren(content)
  if (children === null) return null
  const scale = children.find(({ id }) => id === ids.timestampScale)
  const others = children.filter(({ id }) => id !== ids.duration && id !== ids.crc32)
  return {
    others: concat(others.map(({ whole }) => whole)),
    // A millisecond, unless it is said.
    timestampScaleNs: (scale === undefined ? 0 : readUint(scale.content)) || 1_000_000,
    hasDuration: children.some(({ id }) => id === ids.duration),
  }
}

/** One begins with a picture, or where there are none with the first sound. */
function readKeyTrack(content: Uint8Array): number {
  const entries = (readChildren(content) ?? [])
    .filter(({ id }) => id === ids.trackEntry)
    .map((entry) => {
      const fields = readChildren(entry.content) ?? []
      const read = (id: number) =>
        readUint(fields.find((field) => field.id === id)?.content ?? new Uint8Array())
      return { number: read(ids.trackNumber), type: read(ids.trackType) }
    })
  return (entries.find(({ type }) => type === VIDEO) ?? entries[0])?.number ?? 0
}
