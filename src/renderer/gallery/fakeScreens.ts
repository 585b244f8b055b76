import type { ShareSource } from '../../shared/ipc/screenShare.ts'

/** A drawn page of notes, in place of a shared screen. */
function drawPage(width: number, height: number, seed: number): HTMLCanvasElement | null {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d')
  if (context === null) return null
  const unit = height / 24
  context.fillStyle = '#20262b'
  context.fillRect(0, 0, width, height)
  context.fillStyle = '#fbfaf6'
  context.fillRect(unit * 4, unit * 2, width - unit * 8, height - unit * 2)
  context.fillStyle = '#2f6b55'
  context.fillRect(unit * 6, unit * 4, width * 0.3, unit * 1.2)
  context.fillStyle = '#9aa3ab'
  for (let line = 0; line < 9; line += 1) {
    const share = 0.45 + ((line * 37 + seed * 53) % 40) / 100
    context.fillRect(unit * 6, unit * (7 + line * 1.6), (width - unit * 12) * share, unit * 0.7)
  }
  return canvas
}

/** Shows it in an element. */
export function paintScreen(element: HTMLVideoElement): () => void {
  element.srcObject = drawPage(1_600, 900, 1)?.captureStream(1) ?? null
  element.play().catch(() => undefined)
  return () => {
    element.srcObject = null
  }
}

/** What there is to share on a drawn computer. */
export function fakeSources(): readonly ShareSource[] {
  const source = (id: string, name: string, seed: number): ShareSource => ({
    id,
    name,
    kind: id.startsWith('screen') ? 'screen' : 'window',
    thumbnail: drawPage(320, 180, seed)?.toDataURL('image/png') ?? '',
    appIcon: '',
  })
  return [
    source('screen:0:0', 'Screen 1', 1),
    source('screen:1:0', 'Screen 2', 4),
    source('window:1:0', 'Linear algebra, problem set 7 – Notes', 2),
    source('window:2:0', 'Thesis.tex', 3),
  ]
}
