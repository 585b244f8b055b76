import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  readElements,
  type ReadElement,
  writeElement,
  writeWebm,
  writeWebmHead,
  writeWebmWithEnds,
  type WrittenBlock,
  type WrittenCluster,
} from '../../../../test/support/webm.ts'
import { planSeekableWebm } from './planSeekableWebm.ts'
import { scanWebm, type ScanFailure } from './scanWebm.ts'

const readerOf = (film: Buffer) => (at: number, length: number) =>
  Promise.resolve(film.subarray(at, at + length))

async function makeSeekable(film: Buffer): Promise<Buffer | ScanFailure> {
  const layout = await scanWebm(readerOf(film), film.length)
  if (!layout.ok) return layout.error
  const parts = planSeekableWebm(layout.value)
  return Buffer.concat(
    parts.map((part) => (part.kind === 'bytes' ? part.bytes : film.subarray(part.from, part.to))),
  )
}

const all = (elements: readonly ReadElement[], id: string): readonly ReadElement[] =>
  elements.flatMap((one) => [...(one.id === id ? [one] : []), ...all(one.children, id)])
const one = (elements: readonly ReadElement[], id: string): ReadElement => {
  const [found] = all(elements, id)
  if (found === undefined) throw new Error(`no ${id}`)
  return found
}
const numberIn = (elements: readonly ReadElement[], id: string): number =>
  Number(`0x${one(elements, id).content.toString('hex')}`)

/** What any player makes of it. */
function describeFilm(film: Buffer) {
  const elements = readElements(film)
  const segment = one(elements, '18538067')
  const segmentFrom = film.length - segment.content.length
  const clusters = all(elements, '1f43b675')
  const times = clusters.flatMap((cluster) =>
    [...all([cluster], 'a3'), ...all([cluster], 'a1')].map(({ content }) => ({
      track: (content[0] ?? 0) & 0x7f,
      atMs: numberIn([cluster], 'e7') + content.readInt16BE(1),
      bytes: content.length - 4,
    })),
  )
  return {
    elements,
    times,
    durationMs: one(elements, '4489').content.readDoubleBE(),
    cues: all(elements, 'bb').map((cue) => {
      const at = segmentFrom + numberIn([cue], 'f1')
      return { atMs: numberIn([cue], 'b3'), cluster: clusters.find((cluster) => cluster.at === at) }
    }),
    seeks: all(elements, '4dbb').map((seek) => {
      const at = segmentFrom + numberIn([seek], '53ac')
      return [
        one([seek], '53ab').content.toString('hex'),
        segment.children.find((child) => child.at === at)?.id,
      ]
    }),
  }
}

const picture = (atMs: number, isKey = false, bytes = 40): WrittenBlock => ({ track: 2, atMs, isKey, bytes })
const sound = (atMs: number): WrittenBlock => ({ track: 1, atMs, isKey: true, bytes: 12 })

/** Two seconds, a key picture in the first and the last cluster. */
const film: readonly WrittenCluster[] = [
  { atMs: 0, blocks: [sound(0), picture(8, true), sound(60), picture(58)] },
  { atMs: 1_000, blocks: [picture(1_000), sound(1_020), picture(1_050)] },
  { atMs: 1_900, blocks: [sound(1_900), picture(1_935, true), sound(1_960), picture(1_985)] },
]

test.each([{}, { asGroups: true }, { withSizes: true }])(
  'a film has its length, where to begin, and all that was in it: %j',
  async (how) => {
    const made = await makeSeekable(writeWebm(film, how))
    if (!Buffer.isBuffer(made)) throw new Error(made)
    const { durationMs, cues, seeks, times } = describeFilm(made)
    // The last sound stands at 1,960 ms and lasts 60, as the one before; the last picture at 1,985 and lasts 50.
    expect(durationMs).toBe(2_035)
    expect(cues.map(({ atMs }) => atMs)).toEqual([8, 1_935])
    expect(cues.map(({ cluster }) => numberIn(cluster === undefined ? [] : [cluster], 'e7'))).toEqual([
      0, 1_900,
    ])
    expect(seeks).toEqual([
      ['1549a966', '1549a966'],
      ['1654ae6b', '1654ae6b'],
      ['1c53bb6b', '1c53bb6b'],
    ])
    expect(times).toEqual(
      film.flatMap(({ blocks }) => blocks.map(({ track, atMs, bytes }) => ({ track, atMs, bytes }))),
    )
    expect(await makeSeekable(made)).toBe('seekable')
  },
)

test('after a pause the last picture does not stand as long as the pause was', async () => {
  const paused = [{ atMs: 0, blocks: [picture(0, true), picture(50), picture(20_000)] }]
  const made = await makeSeekable(writeWebm(paused))
  expect(Buffer.isBuffer(made) && describeFilm(made).durationMs).toBe(20_100)
})

describe('whatever a crash has left', () => {
  const blocks = fc.array(
    fc.record({
      track: fc.constantFrom<1 | 2>(1, 2),
      stepMs: fc.integer({ min: 0, max: 900 }),
      isKey: fc.boolean(),
      bytes: fc.constantFrom(1, 40, 300, 20_000),
    }),
    { minLength: 1, maxLength: 6 },
  )
  const films = fc.array(blocks, { minLength: 1, maxLength: 6 }).map((clusters) => {
    let atMs = 0
    return clusters.map((steps): WrittenCluster => {
      const startMs = atMs
      return {
        atMs: startMs,
        blocks: steps.map(({ stepMs, ...block }) => {
          atMs += stepMs
          return { ...block, atMs }
        }),
      }
    })
  })

  /** What is kept; nothing of a film of which nothing is whole. */
  async function summarize(left: Buffer) {
    const made = await makeSeekable(left)
    if (!Buffer.isBuffer(made)) return { kept: [], failure: made }
    const { times, cues, durationMs } = describeFilm(made)
    const lastMs = Math.max(...times.map(({ atMs }) => atMs))
    return {
      kept: times,
      isLengthRight: durationMs >= lastMs && durationMs <= lastMs + 100,
      areCuesRight: cues.every(({ cluster }) => cluster !== undefined),
      again: await makeSeekable(made),
    }
  }

  test('every picture and sound that is whole is kept, in order, and nothing else', async () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true })
    await fc.assert(
      fc.asyncProperty(
        films,
        fc.boolean(),
        fc.boolean(),
        share,
        async (clusters, asGroups, withSizes, share) => {
          const { film, ends } = writeWebmWithEnds(clusters, { asGroups, withSizes })
          const cut = Math.ceil(film.length * share)
          const kept = clusters
            .flatMap((cluster) => cluster.blocks)
            .slice(0, ends.filter((end) => end <= cut).length)
            .map(({ track, atMs, bytes }) => ({ track, atMs, bytes }))
          expect(await summarize(film.subarray(0, cut))).toEqual(
            kept.length === 0
              ? { kept, failure: 'foreign' }
              : { kept, isLengthRight: true, areCuesRight: true, again: 'seekable' },
          )
        },
      ),
      { numRuns: 300 },
    )
  })
})

test.each<[string, Buffer, ScanFailure]>([
  ['nothing', Buffer.alloc(0), 'foreign'],
  ['a file of another kind', Buffer.from('RIFF????WAVEfmt '), 'foreign'],
  ['nothing but the head', writeWebmHead(), 'foreign'],
  ['a disk that wrote zeros', Buffer.concat([writeWebm(film), Buffer.alloc(4_096)]), 'damaged'],
  [
    'something in the middle that is no film',
    Buffer.concat([writeWebm(film), writeElement('4321', Buffer.alloc(9)), writeWebm(film).subarray(-100)]),
    'damaged',
  ],
  [
    'a piece that claims to be longer than any picture',
    Buffer.concat([writeWebm(film), Buffer.from('a3080fffffff8200', 'hex')]),
    'damaged',
  ],
  [
    'a time that is longer than any number',
    Buffer.concat([
      writeWebm(film),
      writeElement(
        '1f43b675',
        writeElement('e7', Buffer.alloc(200, 0xff)),
        writeElement('a3', Buffer.from('8200008000', 'hex')),
      ),
    ]),
    'damaged',
  ],
])('%s is left alone', async (_, bytes, failure) => {
  expect(await makeSeekable(bytes)).toBe(failure)
})

test('any bytes at all end in an answer', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.nat(), async (noise, seed) => {
      const whole = writeWebm(film)
      const spoilt = Buffer.from(whole)
      spoilt.set(
        noise.subarray(0, whole.length),
        seed % whole.length > whole.length - 200 ? 0 : seed % whole.length,
      )
      const made = await makeSeekable(spoilt)
      const again = Buffer.isBuffer(made) ? await makeSeekable(made) : 'seekable'
      expect(again).toBe('seekable')
    }),
    { numRuns: 300 },
  )
})
