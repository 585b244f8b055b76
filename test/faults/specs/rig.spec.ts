import process from 'node:process'
import { join } from 'node:path'
import { z } from 'zod'
import { describeFaults, expect, test } from '../faultTest.ts'
import { report } from '../figures.ts'
import { startLineProcess } from '../rig/lineProcess.ts'
import { createNetwork, type Place } from '../rig/network.ts'
import { runCommand } from '../rig/runCommand.ts'

const script = join(import.meta.dirname, '..', 'rig', 'networkProbe.ts')
const PORT = 5000

async function measure(from: Place, ...args: readonly (string | number)[]): Promise<unknown> {
  const [program, ...rest] = from.inside([process.execPath, script, ...args.map(String)])
  return JSON.parse(await runCommand(program, rest)) as unknown
}

async function ask(
  from: Place,
  to: Place,
  count: number,
  intervalMs: number,
): Promise<{ readonly medianMs: number; readonly lossRatio: number }> {
  const { sent, roundTripsMs } = z
    .object({ sent: z.number(), roundTripsMs: z.array(z.number()) })
    .parse(await measure(from, 'ask', to.address(), PORT, count, intervalMs))
  const sorted = roundTripsMs.toSorted((a, b) => a - b)
  return {
    medianMs: sorted[Math.floor(sorted.length / 2)] ?? Number.POSITIVE_INFINITY,
    lossRatio: 1 - roundTripsMs.length / sent,
  }
}

async function streamBps(from: Place, to: Place, seconds: number): Promise<number> {
  const counted = z
    .object({ bytes: z.number(), seconds: z.number() })
    .parse(await measure(from, 'stream', to.address(), PORT, seconds))
  return (counted.bytes * 8) / counted.seconds
}

describeFaults('the rig itself', () => {
  test(
    'what is measured is what was set, and what is cut or blocked does not pass',
    { tag: '@short' },
    async () => {
      await using network = await createNetwork()
      const [ada, ben] = [await network.addPlace('ada'), await network.addPlace('ben')]
      await startLineProcess(ben.inside([process.execPath, script, 'echo', String(PORT)])).nextLine()

      await network.link.shape('ada', 'both', { delayMs: 50, jitterMs: 5 })
      const delayed = await ask(ada, ben, 40, 10)
      expect(delayed.lossRatio).toBe(0)
      expect(delayed.medianMs).toBeGreaterThan(95)
      expect(delayed.medianMs).toBeLessThan(115)

      await network.link.shape('ada', 'both', { lossRatio: 0.1 })
      const lossy = await ask(ada, ben, 1_000, 1)
      // 19 % of round trips lose one of their two ways; five standard deviations of a thousand are 6 %.
      expect(lossy.lossRatio).toBeGreaterThan(0.13)
      expect(lossy.lossRatio).toBeLessThan(0.25)

      await network.link.shape('ada', 'both', {})
      const fastBps = await streamBps(ada, ben, 1)
      await network.link.shape('ada', 'up', { rateBps: 300_000 })
      const slowBps = await streamBps(ada, ben, 3)
      expect(slowBps).toBeGreaterThan(240_000)
      expect(slowBps).toBeLessThan(310_000)
      expect(fastBps).toBeGreaterThan(20_000_000)

      await network.link.shape('ada', 'both', { isCut: true })
      expect((await ask(ada, ben, 5, 10)).lossRatio).toBe(1)
      await network.link.shape('ada', 'both', {})
      await network.link.block([{ protocol: 'udp', from: 'ada', to: 'ben' }])
      expect((await ask(ada, ben, 5, 10)).lossRatio).toBe(1)
      expect(await streamBps(ada, ben, 0.2)).toBeGreaterThan(0)
      await network.link.block([])

      await ada.setUp(false)
      await ada.setUp(true)
      expect((await ask(ada, ben, 5, 10)).lossRatio).toBe(0)
      await ada.moveToNewAddress()
      expect((await ask(ada, ben, 5, 10)).lossRatio).toBe(0)
      await report('rig', {
        'round trip set 100 ms': delayed.medianMs,
        'round trips lost, set 0.19': lossy.lossRatio,
        'bit/s, set 300,000': slowBps,
        'bit/s without a limit': fastBps,
      })
    },
  )
})
