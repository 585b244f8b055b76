/**
 * Runs in the app's page before the app does, and writes down what a person would notice: ten times a second how many frames
 * of each other person have been shown and how many audio packets have come, what stands on their tiles, and each websocket's end.
 */
export function installProbe(): void {
  const connections: RTCPeerConnection[] = []
  const sockets: SocketRecord[] = []
  const samples: ProbeSample[] = []
  const frames = new Map<string, number>()
  const watched = new WeakSet<HTMLVideoElement>()
  /** Of each sound that ever came, of connections that are closed by now as well: the sum never falls when one takes another's place. */
  const audioPackets = new Map<string, number>()

  const NativeConnection = RTCPeerConnection
  window.RTCPeerConnection = class extends NativeConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration)
      connections.push(this)
    }
  }
  const NativeSocket = WebSocket
  window.WebSocket = class extends NativeSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols)
      const record: SocketRecord = { openedAtMs: null, closedAtMs: null, code: null }
      sockets.push(record)
      this.addEventListener('open', () => (record.openedAtMs = Date.now()))
      this.addEventListener('close', ({ code }) => {
        record.closedAtMs = Date.now()
        record.code = code
      })
    }
  }

  function watchFrames(element: HTMLVideoElement, name: string): void {
    if (watched.has(element)) return
    watched.add(element)
    const count: VideoFrameRequestCallback = (_now, { width }) => {
      element.requestVideoFrameCallback(count)
      // A connection that failed shows a frame of 2×2.
      if (width > 2) frames.set(name, (frames.get(name) ?? 0) + 1)
    }
    element.requestVideoFrameCallback(count)
  }

  function readTiles(): Record<string, { words: string; frames: number }> {
    const tiles: Record<string, { words: string; frames: number }> = {}
    for (const tile of document.querySelectorAll('[data-testid=tile]:not([data-path=local])')) {
      const name = tile.getAttribute('aria-label') ?? ''
      const video = tile.querySelector('video')
      if (video !== null) watchFrames(video, name)
      tiles[name] = { words: tile.textContent ?? '', frames: frames.get(name) ?? 0 }
    }
    return tiles
  }

  async function readTransport(): Promise<ProbeTransport> {
    const sum: ProbeTransport = {
      audioPackets: 0,
      videoBytesSent: 0,
      videoHeightSent: 0,
      framesEncoded: 0,
      concealedSamples: 0,
      totalSamples: 0,
      localCandidates: [],
      protocols: [],
      gatheredCandidates: [],
      relayProtocols: [],
      availableBps: null,
      open: 0,
    }
    for (const [index, connection] of connections.entries()) {
      if (connection.connectionState === 'closed') continue
      sum.open += 1
      // The report is a map of untyped records: only what is named below is read.
      const entries: Record<string, unknown>[] = []
      const report = await connection.getStats()
      report.forEach((entry: Record<string, unknown>) => entries.push(entry))
      const selected = entries.find((entry) => entry['type'] === 'transport')?.['selectedCandidatePairId']
      const pair = entries.find((entry) => entry['id'] === selected)
      const available = pair?.['availableOutgoingBitrate']
      if (typeof available === 'number') {
        sum.availableBps = Math.min(sum.availableBps ?? available, available)
      }
      for (const entry of entries) {
        const isAudio = entry['kind'] === 'audio'
        if (entry['type'] === 'inbound-rtp' && isAudio) {
          audioPackets.set(`${index} ${String(entry['id'])}`, Number(entry['packetsReceived']))
          sum.concealedSamples += Number(entry['concealedSamples'] ?? 0)
          sum.totalSamples += Number(entry['totalSamplesReceived'] ?? 0)
        }
        if (entry['type'] === 'outbound-rtp' && !isAudio) {
          sum.videoBytesSent += Number(entry['bytesSent'])
          sum.framesEncoded += Number(entry['framesEncoded'] ?? 0)
          sum.videoHeightSent = Math.max(sum.videoHeightSent, Number(entry['frameHeight'] ?? 0))
        }
        if (entry['type'] === 'local-candidate') sum.gatheredCandidates.push(String(entry['candidateType']))
        if (entry['type'] === 'local-candidate' && entry['id'] === pair?.['localCandidateId']) {
          sum.localCandidates.push(String(entry['candidateType']))
          sum.protocols.push(String(entry['protocol']))
          const { relayProtocol } = entry
          if (typeof relayProtocol === 'string') sum.relayProtocols.push(relayProtocol)
        }
      }
    }
    for (const packets of audioPackets.values()) sum.audioPackets += packets
    return sum
  }

  async function sample(): Promise<void> {
    const { audioPackets: packets } = await readTransport()
    const notices = document.querySelector('main')?.textContent ?? ''
    samples.push({
      atMs: Date.now(),
      audioPackets: packets,
      tiles: readTiles(),
      isWaitingForNetwork: notices.includes('Waiting for the network'),
    })
    // Ten minutes.
    if (samples.length > 6_000) samples.shift()
  }

  let isSampling = false
  setInterval(() => {
    if (isSampling) return
    isSampling = true
    void sample()
      .catch(() => undefined)
      .finally(() => (isSampling = false))
  }, 100)

  window.faultProbe = {
    samples: (sinceMs) => samples.filter((each) => each.atMs >= sinceMs),
    sockets: () => sockets,
    transport: readTransport,
    connections: () => connections,
  }
}

export interface SocketRecord {
  openedAtMs: number | null
  closedAtMs: number | null
  code: number | null
}

export interface ProbeSample {
  readonly atMs: number
  readonly audioPackets: number
  /** By name; whoever has no tile is missing. */
  readonly tiles: Readonly<Record<string, { readonly words: string; readonly frames: number }>>
  readonly isWaitingForNetwork: boolean
}

/** Sums over all open connections. */
export interface ProbeTransport {
  /** Received since the page began, by whatever connection. */
  audioPackets: number
  videoBytesSent: number
  videoHeightSent: number
  framesEncoded: number
  concealedSamples: number
  totalSamples: number
  /** Of the pairs in use: `host`, `srflx`, `prflx` or `relay`. */
  localCandidates: string[]
  /** Of the same: `udp` or `tcp`; of a relay, how it sends on. */
  protocols: string[]
  relayProtocols: string[]
  /** The kinds of all that were found, in use or not. */
  gatheredCandidates: string[]
  /** What the browser takes the narrowest of them to carry; null: it has no idea. */
  availableBps: number | null
  open: number
}

declare global {
  interface Window {
    faultProbe: {
      samples(sinceMs: number): readonly ProbeSample[]
      sockets(): readonly SocketRecord[]
      transport(): Promise<ProbeTransport>
      connections(): readonly RTCPeerConnection[]
    }
  }
}
