import type { MachineSnapshot } from '../controllers/contracts.ts'
import type { CallSnapshot } from '../core/call/callSnapshot.ts'
import type { LinkQuality } from '../core/quality/selectLinkQuality.ts'
import { type CallMeasurements, noMeasurements } from '../core/statistics/measureCall.ts'
import type { CallFigures, PersonFigures } from '../core/statistics/selectCallFigures.ts'

/** In the order of joining: a good link, a fair one, and one that is weak. Who is alone with us has that one. */
const qualities: readonly LinkQuality[] = [
  { grade: 'good', reason: null, video: 'full' },
  { grade: 'fair', reason: { cause: 'delay', side: 'theirs' }, video: 'full' },
  { grade: 'poor', reason: { cause: 'loss', side: 'theirs' }, video: 'lowered' },
]
const rounds = 60

/** A wave between 0 and 1, another for each person, the same in every picture. */
function wave(round: number, person: number): number {
  return (Math.sin(round / (4 + person)) + Math.sin(round / 2.3 + person * 2) + 2) / 4
}

function figuresOf(connectionId: string, person: number, round: number, isVideoOff: boolean): PersonFigures {
  const strain = wave(round, person)
  return {
    connectionId,
    topology: 'mesh',
    path: person === 2 ? { kind: 'relay', protocol: 'tls' } : { kind: 'host', protocol: 'udp' },
    rttMs: 18 + person * 150 + strain * 30,
    lossRatio: person === 2 ? 0.06 + strain * 0.08 : strain * 0.004,
    jitterMs: 3 + person * 12 + strain * 8,
    audio: {
      bitrateBps: 24_000 + strain * 6_000,
      frameWidth: null,
      frameHeight: null,
      framesPerSecond: null,
      codec: 'opus',
      implementation: null,
      isPowerEfficient: null,
    },
    video: isVideoOff
      ? null
      : {
          bitrateBps: 420_000 + strain * 160_000,
          frameWidth: 640,
          frameHeight: 480,
          framesPerSecond: 24 - Math.round(strain * 2),
          codec: 'VP8',
          implementation: 'libvpx',
          isPowerEfficient: false,
        },
  }
}

/** Two minutes of a call that was measured. */
export function fakeMeasurements(call: CallSnapshot | undefined): CallMeasurements {
  if (call?.kind !== 'live' || call.others.length === 0) return noMeasurements
  const history = Array.from({ length: rounds }, (_, round): CallFigures => {
    const people = call.others.map(({ connectionId, mediaState }, person) =>
      figuresOf(connectionId, person, round, mediaState.isVideoOff),
    )
    return {
      atMs: round * 2_000,
      people,
      outgoing: {
        bitrateBps: call.others.length * (440_000 + wave(round, 5) * 140_000),
        availableBps: 2_400_000,
        video: figuresOf('', 0, round, false).video,
        limitation: 'none',
      },
      incomingBps: people.reduce((sum, { video }) => sum + 28_000 + (video?.bitrateBps ?? 0), 0),
    }
  })
  const links = call.others.map(
    ({ connectionId }, person) => [connectionId, qualities[call.others.length === 1 ? 2 : person]] as const,
  )
  return {
    rounds: [],
    history,
    links: Object.fromEntries(links.flatMap(([id, quality]) => (quality ? [[id, quality]] : []))),
    own: { grade: 'good', reason: null, video: 'full' },
    costs: {
      focus: {
        seconds: 1_500,
        sentBits: 1_500 * 184_000,
        receivedBits: 1_500 * 176_000,
        loadSeconds: 1_500,
        loadPercentSeconds: 1_500 * 6.4,
      },
      rest: {
        seconds: 300,
        sentBits: 300 * 1_330_000,
        receivedBits: 300 * 1_040_000,
        loadSeconds: 300,
        loadPercentSeconds: 300 * 17.8,
      },
    },
  }
}

/** Two minutes of a laptop on battery power. */
export const fakeMachine: MachineSnapshot = {
  latest: {
    cpu: { systemPercent: 46, ownPercent: 18 },
    temperatureCelsius: 63,
    powerSource: 'battery',
    battery: { levelRatio: 0.71, isCharging: false },
    thermalState: 'fair',
    speedLimitPercent: null,
  },
  loads: Array.from({ length: rounds }, (_, round) => ({
    systemPercent: 30 + wave(round, 3) * 40,
    ownPercent: 12 + wave(round, 5) * 12,
  })),
}
