import type { Background } from './workerMessages.ts'

/** The scenes to sit in front of. */
type Scene = Exclude<Background, 'blur' | 'picture'>

/** Fills the whole canvas with a scene. The same every time. */
export function drawScene(context: OffscreenCanvasRenderingContext2D, scene: Scene): void {
  switch (scene) {
    case 'bookshelf':
      return drawBookshelf(context)
    case 'evening':
      return drawEvening(context)
  }
}

const SHELVES = 4
const spines = ['#7d4f39', '#54665b', '#9a7b4f', '#3f5566', '#6d3f45', '#8a8468', '#4a4540'] as const

function drawBookshelf(context: OffscreenCanvasRenderingContext2D): void {
  const { width, height } = context.canvas
  context.fillStyle = '#2e2620'
  context.fillRect(0, 0, width, height)
  const shelfHeight = height / SHELVES
  for (let shelf = 0; shelf < SHELVES; shelf += 1) {
    const floor = (shelf + 1) * shelfHeight - shelfHeight * 0.08
    let left = width * 0.01
    for (let book = 0; left < width; book += 1) {
      // Looks like chance, and is the same for everybody.
      const chance = Math.abs(Math.sin((shelf + 1) * 127.1 + book * 311.7))
      const bookWidth = width * (0.014 + 0.02 * chance)
      const bookHeight = shelfHeight * (0.58 + 0.28 * ((chance * 7) % 1))
      context.fillStyle = spines[Math.floor(chance * 97) % spines.length] ?? spines[0]
      context.fillRect(left, floor - bookHeight, bookWidth * 0.92, bookHeight)
      left += chance > 0.93 ? bookWidth * 2.4 : bookWidth
    }
    context.fillStyle = '#4a3a2c'
    context.fillRect(0, floor, width, shelfHeight * 0.08)
  }
  shade(context, 'rgb(24 18 12 / 0.25)')
}

function drawEvening(context: OffscreenCanvasRenderingContext2D): void {
  const { width, height } = context.canvas
  const wall = context.createLinearGradient(0, 0, 0, height)
  wall.addColorStop(0, '#33424a')
  wall.addColorStop(1, '#1d2529')
  context.fillStyle = wall
  context.fillRect(0, 0, width, height)
  const sky = context.createLinearGradient(0, height * 0.1, 0, height * 0.66)
  sky.addColorStop(0, '#2f4a66')
  sky.addColorStop(0.7, '#b98a63')
  sky.addColorStop(1, '#d9b078')
  context.fillStyle = sky
  context.fillRect(width * 0.58, height * 0.1, width * 0.34, height * 0.56)
  context.strokeStyle = '#161c1f'
  context.lineWidth = width * 0.012
  context.strokeRect(width * 0.58, height * 0.1, width * 0.34, height * 0.56)
  context.strokeRect(width * 0.75, height * 0.1, 0, height * 0.56)
  const lamp = context.createRadialGradient(
    width * 0.16,
    height * 0.4,
    0,
    width * 0.16,
    height * 0.4,
    width * 0.4,
  )
  lamp.addColorStop(0, 'rgb(255 214 150 / 0.75)')
  lamp.addColorStop(1, 'rgb(255 214 150 / 0)')
  context.fillStyle = lamp
  context.fillRect(0, 0, width, height)
}

/** Lets the picture recede behind the person. */
function shade(context: OffscreenCanvasRenderingContext2D, colour: string): void {
  context.fillStyle = colour
  context.fillRect(0, 0, context.canvas.width, context.canvas.height)
}
