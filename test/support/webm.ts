/** A picture or a piece of sound, at its time. */
export interface WrittenBlock {
  readonly track: 1 | 2
  readonly atMs: number
  readonly isKey: boolean
  readonly bytes: number
}

/** How the browser's recorder has been seen to write: sound first, both as simple blocks, no size of anything that goes on. */
export interface WrittenCluster {
  readonly atMs: number
  readonly blocks: readonly WrittenBlock[]
}

/** An element met in a film, with those in it. */
export interface ReadElement {
  readonly id: string
  readonly at: number
  readonly content: Buffer
  readonly children: readonly ReadElement[]
}

const unknown = Buffer.from('01ffffffffffffff', 'hex')
const masters = new Set(
  '18538067 114d9b74 4dbb 1549a966 1654ae6b ae e0 e1 1f43b675 a0 1c53bb6b bb b7'.split(' '),
)

/** The shortest size that there is. */
function size(length: number): Buffer {
  const bytes = [1, 2, 3, 4, 5, 6, 7, 8].find((count) => length < 2 ** (7 * count) - 1) ?? 8
  const written = Buffer.alloc(8)
  written.writeBigUInt64BE(BigInt(length) + (1n << BigInt(7 * bytes)))
  return written.subarray(8 - bytes)
}

export function writeElement(id: string, ...content: readonly Buffer[]): Buffer {
  const whole = Buffer.concat(content)
  return Buffer.concat([Buffer.from(id, 'hex'), size(whole.length), whole])
}

const number = (value: number): Buffer => Buffer.from(value.toString(16).padStart(8, '0'), 'hex')

function writeBlock(
  { track, atMs, isKey, bytes }: WrittenBlock,
  clusterAtMs: number,
  asGroup: boolean,
): Buffer {
  const start = Buffer.alloc(4)
  start[0] = 0x80 | track
  start.writeInt16BE(atMs - clusterAtMs, 1)
  start[3] = isKey && !asGroup ? 0x80 : 0
  const block = Buffer.concat([start, Buffer.alloc(bytes, atMs)])
  if (!asGroup) return writeElement('a3', block)
  return writeElement(
    'a0',
    writeElement('a1', block),
    ...(isKey ? [] : [writeElement('fb', Buffer.from([1]))]),
  )
}

/** What is written ahead of the pictures. Track 1 is sound, track 2 pictures. */
export function writeWebmHead(): Buffer {
  const track = (id: number, type: number, codec: string): Buffer =>
    writeElement(
      'ae',
      writeElement('d7', Buffer.from([id])),
      writeElement('83', Buffer.from([type])),
      writeElement('86', Buffer.from(codec)),
    )
  return Buffer.concat([
    writeElement('1a45dfa3', writeElement('4282', Buffer.from('webm'))),
    Buffer.from('18538067', 'hex'),
    unknown,
    writeElement(
      '1549a966',
      writeElement('2ad7b1', Buffer.from([0x0f, 0x42, 0x40])),
      writeElement('4d80', Buffer.from('Chrome')),
    ),
    writeElement('1654ae6b', track(1, 2, 'A_OPUS'), track(2, 1, 'V_VP8')),
  ])
}

interface Writing {
  readonly asGroups?: boolean
  readonly withSizes?: boolean
}

/** A film as a recorder leaves it: neither length nor index. `ends`: where each picture and sound ends in it. */
export function writeWebmWithEnds(
  clusters: readonly WrittenCluster[],
  how: Writing = {},
): { readonly film: Buffer; readonly ends: readonly number[] } {
  const parts = [writeWebmHead()]
  const ends: number[] = []
  let bytes = parts[0]?.length ?? 0
  for (const { atMs, blocks } of clusters) {
    const content = [
      writeElement('e7', number(atMs)),
      ...blocks.map((block) => writeBlock(block, atMs, how.asGroups === true)),
    ]
    const whole =
      how.withSizes === true
        ? writeElement('1f43b675', ...content)
        : Buffer.concat([Buffer.from('1f43b675', 'hex'), unknown, ...content])
    let end = bytes + whole.length - content.reduce((sum, { length }) => sum + length, 0)
    for (const [index, { length }] of content.entries()) {
      end += length
      if (index > 0) ends.push(end)
    }
    bytes += whole.length
    parts.push(whole)
  }
  return { film: Buffer.concat(parts), ends }
}

export const writeWebm = (clusters: readonly WrittenCluster[], how: Writing = {}): Buffer =>
  writeWebmWithEnds(clusters, how).film

/** Every element of a file in which no size is open. Throws for one that does not add up. */
export function readElements(bytes: Buffer, start = 0): readonly ReadElement[] {
  const elements: ReadElement[] = []
  for (let at = 0; at < bytes.length;) {
    const idBytes = Math.clz32(bytes[at] ?? 0) - 23
    const id = bytes.subarray(at, at + idBytes).toString('hex')
    const sizeAt = at + idBytes
    const sizeBytes = Math.clz32(bytes[sizeAt] ?? 0) - 23
    const padded = Buffer.concat([Buffer.alloc(8), bytes.subarray(sizeAt, sizeAt + sizeBytes)]).subarray(-8)
    const length = Number(padded.readBigUInt64BE() - (1n << BigInt(7 * sizeBytes)))
    const from = sizeAt + sizeBytes
    if (from + length > bytes.length || idBytes > 4) throw new Error(`${id} at ${start + at} does not fit`)
    const content = bytes.subarray(from, from + length)
    const children = masters.has(id) ? readElements(content, start + from) : []
    elements.push({ id, at: start + at, content, children })
    at = from + length
  }
  return elements
}
