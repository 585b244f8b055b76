import { elementIds as ids, HEADER_MAX_BYTES, readChildren, readHeader, readUint } from './ebml.ts'

/** Of a film's beginning, in which it says how long it is. */
export const BEGINNING_BYTES = 16 * 1024

/** How long a film is, by its own word. Null: it does not say, as while it is written, or is none. */
export function readDurationMs(beginning: Uint8Array): number | null {
  const at = (from: number) => readHeader(beginning.subarray(from, from + HEADER_MAX_BYTES))
  const head = at(0)
  if (typeof head === 'string' || head.id !== ids.ebml || head.size === null) return null
  const segmentFrom = head.length + head.size
  const segment = at(segmentFrom)
  if (typeof segment === 'string' || segment.id !== ids.segment) return null
  for (let from = segmentFrom + segment.length; ;) {
    const found = at(from)
    if (typeof found === 'string' || found.size === null || found.id === ids.cluster) return null
    const content = from + found.length
    if (found.id === ids.info) return durationIn(beginning.subarray(content, content + found.size))
    from = content + found.size
  }
}

function durationIn(info: Uint8Array): number | null {
  const children = readChildren(info) ?? []
  const scale = children.find(({ id }) => id === ids.timestampScale)
  const duration = children.find(({ id }) => id === ids.duration)?.content
  if (duration === undefined || (duration.length !== 8 && duration.length !== 4)) return null
  const view = new DataView(duration.buffer, duration.byteOffset)
  const units = duration.length === 8 ? view.getFloat64(0) : view.getFloat32(0)
  const ms = (units * ((scale === undefined ? 0 : readUint(scale.content)) || 1_000_000)) / 1_000_000
  return Number.isFinite(ms) && ms >= 0 ? ms : null
}
