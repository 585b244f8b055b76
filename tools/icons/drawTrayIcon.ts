import { deflateSync } from 'node:zlib'

/*
 * The tray's icons, drawn by code so that every size is sharp and a change of the mark needs no drawing program. Units are those of
 * src/renderer/icon.svg, 32 a side.
 */

export const trayIconStates = ['idle', 'heard', 'muted'] as const
export type TrayIconState = (typeof trayIconStates)[number]

/** `template`: black and nothing, which macOS paints in the menu bar's colour. `colour`: for trays that paint what they get. */
export type TrayIconStyle = 'template' | 'colour'

type Point = readonly [x: number, y: number]
type Colour = readonly [red: number, green: number, blue: number]

const accent: Colour = [0x2f, 0x6b, 0x55]
const white: Colour = [255, 255, 255]
const warm: Colour = [0xf0, 0xb4, 0x7c]
const black: Colour = [0, 0, 0]

const rightPage: readonly Point[] = [
  [16, 12.3],
  [16.7, 10.4],
  [18, 9.1],
  [19.8, 8.5],
  [25.4, 8.5],
  [26, 9.2],
  [26, 22.5],
  [19, 22.5],
  [17.2, 23],
  [16, 24.4],
]
const leftPage = rightPage.map(([x, y]): Point => [32 - x, y])
const spine: readonly Point[] = [
  [16, 12.3],
  [16, 24.4],
]
const slash: readonly Point[] = [
  [5, 27],
  [27, 5],
]
const badge = { centre: [25.5, 24.5] as Point, radius: 5.2 }

/** How much of a point is ink and of which colour; null: nothing there. */
type Layer = (point: Point) => Colour | null

/** Samples a side of each pixel. */
const SAMPLES = 6

/** The icon as a PNG of `sizePx` a side. */
export function drawTrayIcon(state: TrayIconState, style: TrayIconStyle, sizePx: number): Buffer {
  const paint = style === 'template' ? templateLayer(state) : colourLayer(state)
  const rows: Buffer[] = []
  for (let y = 0; y < sizePx; y += 1) {
    const row = Buffer.alloc(1 + sizePx * 4)
    for (let x = 0; x < sizePx; x += 1) row.set(pixelAt(paint, x, y, sizePx), 1 + x * 4)
    rows.push(row)
  }
  return encodePng(sizePx, Buffer.concat(rows))
}

function pixelAt(paint: Layer, x: number, y: number, sizePx: number): readonly number[] {
  const sum = [0, 0, 0]
  let covered = 0
  for (let sample = 0; sample < SAMPLES * SAMPLES; sample += 1) {
    const column = (sample % SAMPLES) + 0.5
    const line = Math.floor(sample / SAMPLES) + 0.5
    const colour = paint([((x + column / SAMPLES) * 32) / sizePx, ((y + line / SAMPLES) * 32) / sizePx])
    if (colour === null) continue
    covered += 1
    for (const index of [0, 1, 2] as const) sum[index] = (sum[index] ?? 0) + colour[index]
  }
  if (covered === 0) return [0, 0, 0, 0]
  return [...sum.map((part) => Math.round(part / covered)), Math.round((covered * 255) / SAMPLES ** 2)]
}

function templateLayer(state: TrayIconState): Layer {
  // Without a ground the book has the whole square.
  const grown = ([x, y]: Point): Point => [(x - 16) / 1.36 + 16, (y - 16) / 1.36 + 16.4]
  return (point) => {
    if (state === 'heard') {
      const distance = distanceTo(point, badge.centre)
      if (distance <= badge.radius) return black
      if (distance <= badge.radius + 2) return null
    }
    if (state === 'muted') {
      const distance = distanceToLine(point, slash)
      if (distance <= 1.5) return black
      if (distance <= 3.4) return null
    }
    return isInk(grown(point), 1) ? black : null
  }
}

function colourLayer(state: TrayIconState): Layer {
  return (point) => {
    if (state === 'heard') {
      const distance = distanceTo(point, badge.centre)
      if (distance <= badge.radius) return warm
      if (distance <= badge.radius + 1.6) return null
    }
    if (!isInGround(point)) return null
    if (state === 'muted') {
      const distance = distanceToLine(point, slash)
      if (distance <= 1.5) return white
      if (distance <= 3.2) return accent
    }
    return isInk(point, 1.15) ? white : accent
  }
}

function isInk(point: Point, halfWidth: number): boolean {
  return [leftPage, rightPage, spine].some((line) => distanceToLine(point, line) <= halfWidth)
}

/** The square with round corners. */
function isInGround([x, y]: Point): boolean {
  const radius = 8
  const beyond: Point = [
    Math.max(Math.abs(x - 16) - (16 - radius), 0),
    Math.max(Math.abs(y - 16) - (16 - radius), 0),
  ]
  return Math.hypot(...beyond) <= radius
}

function distanceTo([x, y]: Point, [otherX, otherY]: Point): number {
  return Math.hypot(x - otherX, y - otherY)
}

function distanceToLine(point: Point, line: readonly Point[]): number {
  let least = Number.POSITIVE_INFINITY
  for (let index = 1; index < line.length; index += 1) {
    const from = line[index - 1]
    const to = line[index]
    if (from !== undefined && to !== undefined) least = Math.min(least, distanceToSegment(point, from, to))
  }
  return least
}

function distanceToSegment(point: Point, from: Point, to: Point): number {
  const along: Point = [to[0] - from[0], to[1] - from[1]]
  const lengthSquared = along[0] ** 2 + along[1] ** 2
  const share = ((point[0] - from[0]) * along[0] + (point[1] - from[1]) * along[1]) / lengthSquared
  const held = Math.min(1, Math.max(0, share))
  return distanceTo(point, [from[0] + along[0] * held, from[1] + along[1] * held])
}

/** PNG (ISO/IEC 15948) with 8 bits a channel and alpha; `rows` each begin with their filter, 0. */
function encodePng(sizePx: number, rows: Buffer): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(sizePx, 0)
  header.writeUInt32BE(sizePx, 4)
  header.set([8, 6, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const check = Buffer.alloc(4)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}

function crc32(data: Buffer): number {
  let crc = 0xffffffff
  for (const byte of data) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return (crc ^ 0xffffffff) >>> 0
}
