import { concat, element, elementIds as ids, float, header, idBytes, uint } from './ebml.ts'
import type { WebmLayout } from './scanWebm.ts'

/** What a file is put together of: bytes of our own, and pieces of the old one. */
export type FilePart =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'copy'; readonly from: number; readonly to: number }

/**
 * The film with its length, an index of where one can begin ahead of the pictures, and no size left open (RFC 9559, sections 5 and 22).
 * Pictures and sound are copied byte for byte.
 */
export function planSeekableWebm(layout: WebmLayout): readonly FilePart[] {
  const info = element(ids.info, layout.info, element(ids.duration, float(layout.durationUnits)))
  const { tracks } = layout
  const headers = layout.clusters.map(({ from, to }) => header(ids.cluster, to - from))
  // Every number takes eight bytes, so the length of what points into the file does not depend on where it points.
  const seekHead = (cuesAt: number, infoAt: number): Uint8Array =>
    element(
      ids.seekHead,
      seek(ids.info, infoAt),
      seek(ids.tracks, infoAt + info.length),
      seek(ids.cues, cuesAt),
    )
  const infoAt = seekHead(0, 0).length
  const cuesAt = infoAt + info.length + tracks.length
  const clustersAt = cuesAt + cues(layout, headers, 0).length
  const front = concat([seekHead(cuesAt, infoAt), info, tracks, cues(layout, headers, clustersAt)])
  const clusterBytes = layout.clusters.reduce(
    (sum, { from, to }, index) => sum + (headers[index]?.length ?? 0) + to - from,
    0,
  )
  return [
    { kind: 'bytes', bytes: concat([layout.head, header(ids.segment, front.length + clusterBytes), front]) },
    ...layout.clusters.flatMap(({ from, to }, index): FilePart[] => [
      { kind: 'bytes', bytes: headers[index] ?? new Uint8Array() },
      { kind: 'copy', from, to },
    ]),
  ]
}

/** Positions count from the segment's first byte of content. */
function seek(id: number, at: number): Uint8Array {
  return element(ids.seek, element(ids.seekId, idBytes(id)), element(ids.seekPosition, uint(at)))
}

function cues(layout: WebmLayout, headers: readonly Uint8Array[], clustersAt: number): Uint8Array {
  const points: Uint8Array[] = []
  let at = clustersAt
  for (const [index, { from, to, keyAt }] of layout.clusters.entries()) {
    if (keyAt !== null) {
      const track = element(ids.cueTrack, uint(layout.keyTrack))
      const place = element(ids.cueClusterPosition, uint(at))
      points.push(
        element(
          ids.cuePoint,
          element(ids.cueTime, uint(keyAt)),
          element(ids.cueTrackPositions, track, place),
        ),
      )
    }
    at += (headers[index]?.length ?? 0) + to - from
  }
  return element(ids.cues, ...points)
}
