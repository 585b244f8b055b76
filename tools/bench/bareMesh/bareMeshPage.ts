import SimplePeer from 'simple-peer/simplepeer.min.js'

/** What a bare mesh is driven by: nothing but simple-peer, getUserMedia and video elements. */
export interface BareMeshPage {
  /** Opens camera and microphone. */
  prepare(picture: { width: number; height: number; frameRate: number }): Promise<void>
  /** Shows the own picture too, and all in two columns that fill the window, as a room does. */
  fillWindow(): void
  /** Makes a peer to another page; signals leave by `window.sendSignal`. */
  connect(to: string, initiator: boolean): void
  signal(from: string, data: unknown): void
  /** Frames shown so far, by the page they come from. */
  frames(): Record<string, number>
}

declare global {
  interface Window {
    bareMesh: BareMeshPage
    /** Put there by whoever opens the page. */
    sendSignal(to: string, data: unknown): Promise<void>
  }
}

let stream: MediaStream | null = null
const peers = new Map<string, SimplePeer>()
const frames: Record<string, number> = {}

function show(from: string, remote: MediaStream): void {
  const element = document.createElement('video')
  element.width = 320
  element.autoplay = true
  element.srcObject = remote
  document.body.append(element)
  const count: VideoFrameRequestCallback = (_, metadata) => {
    element.requestVideoFrameCallback(count)
    if (metadata.width > 2) frames[from] = (frames[from] ?? 0) + 1
  }
  element.requestVideoFrameCallback(count)
}

window.bareMesh = {
  async prepare({ width, height, frameRate }) {
    stream = await navigator.mediaDevices.getUserMedia({
      audio: true,
      video: {
        width: { ideal: width },
        height: { ideal: height },
        frameRate: { ideal: frameRate, max: frameRate },
      },
    })
  },
  fillWindow() {
    if (stream === null) throw new Error('not prepared')
    const own = document.createElement('video')
    own.autoplay = true
    own.muted = true
    own.srcObject = stream
    own.dataset['own'] = ''
    document.body.append(own)
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(`
      body { margin: 0; height: 100vh; display: grid; grid-template: 1fr 1fr / 1fr 1fr; gap: 12px; }
      video { width: 100%; height: 100%; min-height: 0; object-fit: cover; }`)
    document.adoptedStyleSheets = [sheet]
  },
  connect(to, initiator) {
    if (stream === null) throw new Error('not prepared')
    const peer = new SimplePeer({ initiator, trickle: true, config: { iceServers: [] }, stream })
    peer.on('signal', (data) => void window.sendSignal(to, data))
    peer.on('stream', (remote) => show(to, remote))
    peers.set(to, peer)
  },
  signal(from, data) {
    peers.get(from)?.signal(data)
  },
  frames: () => frames,
}
