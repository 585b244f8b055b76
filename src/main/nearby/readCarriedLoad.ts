import { cpus } from 'node:os'
import type { CarriedLoad } from '../../shared/nearby/nearbyState.ts'
import { type ProcessorTimes, selectLoadPercent, sumProcessorTimes } from '../machine/processorTimes.ts'

type MachineLoad = Pick<CarriedLoad, 'cpuPercent' | 'sentBitsPerSecond'>

/** Nobody is told twice within this time: the system is asked by a program of its own on some systems. */
const REST_MS = 1_500

/** Reads what the computer does, each time since the time before. Only while somebody looks at it. */
export function createLoadReader(nowMs: () => number): () => Promise<MachineLoad> {
  let times: ProcessorTimes | null = null
  let last: MachineLoad = { cpuPercent: null, sentBitsPerSecond: null }
  let readAtMs = Number.NEGATIVE_INFINITY
  return async () => {
    if (nowMs() - readAtMs < REST_MS) return last
    readAtMs = nowMs()
    const before = times
    times = sumProcessorTimes(cpus(), process.platform)
    last = {
      cpuPercent: before === null ? null : selectLoadPercent(before, times),
      sentBitsPerSecond: await readSentBitsPerSecond(),
    }
    return last
  }
}

async function readSentBitsPerSecond(): Promise<number | null> {
  try {
    const { networkStats } = await import('systeminformation')
    return sumSentBits(await networkStats('*'))
  } catch {
    return null
  }
}

/** What goes out to others. Null where nothing was counted yet. Exported for its test. */
export function sumSentBits(
  interfaces: readonly { readonly iface: string; readonly tx_sec: number | null }[],
): number | null {
  const sent = interfaces
    .filter(({ iface }) => !/^lo\d*$|loopback/i.test(iface))
    .flatMap(({ tx_sec: bytes }) =>
      bytes === null || !Number.isFinite(bytes) || bytes < 0 ? [] : [bytes * 8],
    )
  return sent.length === 0 ? null : sent.reduce((sum, bits) => sum + bits, 0)
}
