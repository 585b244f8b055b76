import type { IceServer } from '../../../shared/api/rooms.ts'
import type { RelayReading } from '../../core/ports/connectionTest.ts'

/** About what one picture and one voice take: 1,000 bytes every 8 ms are 1 Mbit/s. */
const PACKET_BYTES = 1_000
const PACKET_INTERVAL_MS = 8
/** Time for the last packets to come back. */
const SETTLE_MS = 200
/** The share of the time that finding a way may take. */
const CONNECT_SHARE = 0.6

/**
 * Sends a stream of the size of a call's through the relay to ourselves and back, unordered and without repetition, as media
 * goes. `blocked` when no way was found in time. The answer rejects when `signal` gives it up.
 */
export async function measureRelay(options: {
  readonly iceServers: readonly IceServer[]
  readonly timeMs: number
  readonly signal: AbortSignal
}): Promise<RelayReading> {
  const configuration: RTCConfiguration = {
    iceServers: options.iceServers.map(({ urls, username, credential }) => ({
      urls,
      ...(username !== undefined && { username }),
      ...(credential !== undefined && { credential }),
    })),
    iceTransportPolicy: 'relay',
  }
  const near = new RTCPeerConnection(configuration)
  const far = new RTCPeerConnection(configuration)
  try {
    const channel = near.createDataChannel('test', { ordered: false, maxRetransmits: 0 })
    channel.binaryType = 'arraybuffer'
    // The far side sends everything back.
    far.addEventListener('datachannel', ({ channel: echo }) => {
      echo.binaryType = 'arraybuffer'
      listen(echo, (packet) => {
        if (echo.readyState === 'open') echo.send(packet)
      })
    })
    exchangeCandidates(near, far)
    exchangeCandidates(far, near)
    const offer = await near.createOffer()
    await near.setLocalDescription(offer)
    await far.setRemoteDescription(offer)
    const answer = await far.createAnswer()
    await far.setLocalDescription(answer)
    await near.setRemoteDescription(answer)
    const connectMs = options.timeMs * CONNECT_SHARE
    if (!(await isOpened(channel, connectMs, options.signal))) return { kind: 'blocked' }
    return await stream(channel, options.timeMs - connectMs - SETTLE_MS, options.signal)
  } finally {
    near.close()
    far.close()
  }
}

function listen(channel: RTCDataChannel, handle: (packet: ArrayBuffer) => void): void {
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (data instanceof ArrayBuffer) handle(data)
  })
}

function exchangeCandidates(from: RTCPeerConnection, to: RTCPeerConnection): void {
  from.addEventListener('icecandidate', ({ candidate }) => {
    // One that comes too late for a closed connection is nobody's loss.
    if (candidate !== null) to.addIceCandidate(candidate).catch(() => undefined)
  })
}

async function isOpened(channel: RTCDataChannel, timeMs: number, signal: AbortSignal): Promise<boolean> {
  const opened = new Promise<boolean>((resolve) => {
    channel.addEventListener('open', () => resolve(true), { once: true })
  })
  return await Promise.race([opened, wait(timeMs, signal).then(() => false)])
}

async function stream(channel: RTCDataChannel, timeMs: number, signal: AbortSignal): Promise<RelayReading> {
  const sentAtMs: number[] = []
  const roundTripsMs: number[] = []
  listen(channel, (packet) => {
    const sent = sentAtMs[new DataView(packet).getUint32(0)]
    if (sent !== undefined) roundTripsMs.push(performance.now() - sent)
  })
  const untilMs = performance.now() + Math.max(0, timeMs)
  while (performance.now() < untilMs && channel.readyState === 'open') {
    const packet = new DataView(new ArrayBuffer(PACKET_BYTES))
    packet.setUint32(0, sentAtMs.length)
    sentAtMs.push(performance.now())
    channel.send(packet.buffer)
    await wait(PACKET_INTERVAL_MS, signal)
  }
  await wait(SETTLE_MS, signal)
  if (roundTripsMs.length === 0) return { kind: 'blocked' }
  const median = roundTripsMs.toSorted((a, b) => a - b)[Math.floor(roundTripsMs.length / 2)] ?? 0
  return {
    kind: 'works',
    // There and back: one way loses about half of it.
    lossRatio: (1 - roundTripsMs.length / sentAtMs.length) / 2,
    roundTripMs: median / 2,
  }
}

/** Rejects when it is given up. */
function wait(timeMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const giveUp = () => {
      clearTimeout(timer)
      reject(new DOMException('given up', 'AbortError'))
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', giveUp)
      resolve()
    }, timeMs)
    if (signal.aborted) giveUp()
    else signal.addEventListener('abort', giveUp, { once: true })
  })
}
