import { fitPicture } from '../../core/recording/planRecordedPicture.ts'
import type { DrawnTile } from './recorderMessages.ts'

/** The dark page, surfaces and words of `ui/tokens.css`: a worker knows no style sheet. */
const PAGE = '#15181b'
const SURFACE = '#262b30'
const WORDS = '#ece9e2'
const SHADE = 'rgb(16 19 21 / 72%)'
const FONT = 'system-ui, sans-serif'

/** Draws everybody in their place, with their names. `pictureOf`: the latest of a stream; null before the first. */
export function drawPicture(
  context: OffscreenCanvasRenderingContext2D,
  tiles: readonly DrawnTile[],
  pictureOf: (key: string) => VideoFrame | null,
): void {
  context.fillStyle = PAGE
  context.fillRect(0, 0, context.canvas.width, context.canvas.height)
  for (const tile of tiles) {
    const picture = tile.key === null ? null : pictureOf(tile.key)
    if (picture === null) drawInitials(context, tile)
    else drawVideo(context, tile, picture)
    drawName(context, tile)
  }
}

function drawVideo(context: OffscreenCanvasRenderingContext2D, tile: DrawnTile, picture: VideoFrame): void {
  const size = { width: picture.displayWidth, height: picture.displayHeight }
  const { source, target } = fitPicture(size, tile.rect, tile.fit)
  context.drawImage(
    picture,
    source.x,
    source.y,
    source.width,
    source.height,
    target.x,
    target.y,
    target.width,
    target.height,
  )
}

function drawInitials(context: OffscreenCanvasRenderingContext2D, { rect, initials }: DrawnTile): void {
  context.fillStyle = SURFACE
  context.fillRect(rect.x, rect.y, rect.width, rect.height)
  context.fillStyle = WORDS
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  context.font = `600 ${Math.round(Math.min(rect.width, rect.height) / 4)}px ${FONT}`
  context.fillText(initials, rect.x + rect.width / 2, rect.y + rect.height / 2)
}

function drawName(context: OffscreenCanvasRenderingContext2D, { rect, name }: DrawnTile): void {
  const size = Math.max(12, Math.min(20, Math.round(rect.height / 16)))
  const padding = size / 2
  context.font = `500 ${size}px ${FONT}`
  context.textAlign = 'left'
  context.textBaseline = 'middle'
  const widthMax = rect.width - 4 * padding
  const width = Math.min(widthMax, context.measureText(name).width)
  const top = rect.y + rect.height - size - 3 * padding
  context.fillStyle = SHADE
  context.fillRect(rect.x + padding, top, width + 2 * padding, size + 2 * padding)
  context.fillStyle = WORDS
  context.fillText(name, rect.x + 2 * padding, top + padding + size / 2, widthMax)
}
