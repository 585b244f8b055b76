import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readPictureHeader } from './readPictureHeader.ts'

const text = (value: string): number[] => Array.from(value, (letter) => letter.charCodeAt(0))
const be16 = (value: number): number[] => [value >> 8, value & 255]
const be32 = (value: number): number[] => [...be16(value >>> 16), ...be16(value & 0xffff)]
const le16 = (value: number): number[] => be16(value).toReversed()
const le24 = (value: number): number[] => [...le16(value & 0xffff), value >> 16]
const le32 = (value: number): number[] => be32(value).toReversed()

const png = (width: number, height: number): number[] => [
  0x89,
  ...text('PNG'),
  0x0d,
  0x0a,
  0x1a,
  0x0a,
  ...be32(13),
  ...text('IHDR'),
  ...be32(width),
  ...be32(height),
  8,
  6,
  0,
  0,
  0,
]
const jpeg = (width: number, height: number, frame = 0xc0): number[] => [
  0xff,
  0xd8,
  // What a camera writes first: where it was, when, and by whom.
  0xff,
  0xe1,
  ...be16(2 + 300),
  ...Array<number>(300).fill(0xc0),
  // A table whose marker is among those of frames.
  0xff,
  0xc4,
  ...be16(2 + 4),
  1,
  2,
  3,
  4,
  0xff,
  0xff,
  frame,
  ...be16(17),
  8,
  ...be16(height),
  ...be16(width),
  3,
  0,
  0,
]
const riff = (chunk: string, body: readonly number[]): number[] => [
  ...text('RIFF'),
  ...le32(100),
  ...text('WEBP'),
  ...text(chunk),
  ...le32(body.length),
  ...body,
  ...Array<number>(12).fill(0),
]
const lossy = (width: number, height: number) =>
  riff('VP8 ', [0, 0, 0, 0x9d, 1, 0x2a, ...le16(width), ...le16(height)])
const lossless = (width: number, height: number) =>
  riff('VP8L', [0x2f, ...le32(((width - 1) | ((height - 1) << 14)) >>> 0)])
const extended = (width: number, height: number) =>
  riff('VP8X', [0, 0, 0, 0, ...le24(width - 1), ...le24(height - 1)])

const read = (bytes: readonly number[]) => readPictureHeader(Uint8Array.from(bytes))

describe('the size of a picture, before it is decoded', () => {
  test.each([
    ['png', png],
    ['jpeg', jpeg],
    ['jpeg', (width: number, height: number) => jpeg(width, height, 0xc2)],
    ['webp', lossy],
    ['webp', lossless],
    ['webp', extended],
  ] as const)('%s', (format, write) => {
    expect(read(write(1920, 1081))).toEqual({ format, width: 1920, height: 1081 })
  })

  test('a PNG that would unpack to gigabytes says so', () => {
    expect(read(png(60_000, 60_000))).toEqual({ format: 'png', width: 60_000, height: 60_000 })
  })

  test.each([
    ['nothing', []],
    ['a GIF', text('GIF89a'.padEnd(40))],
    ['an SVG', text('<svg xmlns="http://www.w3.org/2000/svg" />'.padEnd(60))],
    ['a PNG without pixels', png(0, 10)],
    ['a JPEG that ends before its frame', jpeg(10, 10).slice(0, 310)],
    ['a JPEG with a segment of no length', [0xff, 0xd8, 0xff, 0xe0, 0, 0, ...Array<number>(20).fill(0)]],
    ['a RIFF of another kind', riff('WAVE', Array<number>(20).fill(1))],
  ])('%s is none', (_what, bytes) => {
    expect(read(bytes)).toBeNull()
  })

  test('whatever the bytes, it answers', () => {
    const beginnings = [png(9, 9), jpeg(9, 9), lossy(9, 9), lossless(9, 9), extended(9, 9), []]
    fc.assert(
      fc.property(
        fc.constantFrom(...beginnings),
        fc.nat(60),
        fc.uint8Array({ maxLength: 200 }),
        (beginning, length, rest) => {
          const header = read([...beginning.slice(0, length), ...rest]) ?? { width: 1, height: 1 }
          expect(Math.min(header.width, header.height)).toBeGreaterThan(0)
        },
      ),
    )
  })

  test('a part of a larger buffer is read as that part', () => {
    const whole = Uint8Array.from([1, 2, 3, ...png(7, 5)])
    expect(readPictureHeader(whole.subarray(3))).toMatchObject({ width: 7, height: 5 })
  })
})
