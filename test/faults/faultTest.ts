import process from 'node:process'
import { expect, test as base } from '@playwright/test'
import { SKIP_REASON } from './figures.ts'
import { type FaultBackend, startFaultBackend } from './rig/backend.ts'
import { type FaultPerson, openPerson } from './rig/faultPerson.ts'
import { type MediaServer, startMediaServer } from './rig/mediaServer.ts'
import { startRelay } from './rig/relay.ts'
import { createNetwork, type Network } from './rig/network.ts'
import { untilBothMeet } from './rig/observe.ts'

/** Ada and Ben in a call, each with the whole app on a network of their own, and the backend on a third. */
export interface FaultCall {
  readonly network: Network
  readonly backend: FaultBackend
  /** Null where there is no LiveKit. */
  readonly mediaServer: MediaServer | null
  readonly ada: FaultPerson
  readonly ben: FaultPerson
}

export const ROOM = 'Fault room'
/** More than half of what these two send each other. A new connection begins above it. */
const EASE_BPS = 250_000

/** `call` is made once for all tests of a worker, and given calm and with media flowing to each. */
export const test = base.extend<{ call: FaultCall }, { rig: FaultCall }>({
  rig: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads from the pattern which fixtures are needed.
    async ({}, use) => {
      await using network = await createNetwork()
      await using relay = await startRelay(network)
      await using mediaServer = await startMediaServer(network)
      await using backend = await startFaultBackend(network, {
        environment: { ...relay.environment, ...mediaServer?.environment },
      })
      const places = [await network.addPlace('ada'), await network.addPlace('ben')] as const
      const [ada, ben] = await Promise.all([
        openPerson({ network, backend, name: 'Ada', place: places[0] }),
        openPerson({ network, backend, name: 'Ben', place: places[1] }),
      ])
      try {
        await ada.createRoom({ name: ROOM })
        await ada.joinNow(ROOM)
        await ben.openRoom(ROOM)
        await ben.joinNow(ROOM)
        await use({ network, backend, mediaServer, ada, ben })
      } finally {
        await Promise.all([ada.app.close(), ben.app.close()])
      }
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  call: async ({ rig }, use) => {
    await rig.network.calm()
    await untilBothMeet(rig.ada, rig.ben)
    await untilAtEase(rig.ada)
    await untilAtEase(rig.ben)
    await expect(rig.ada.page.getByText('Waiting for the network')).toBeHidden()
    await expect(rig.ben.page.getByText('Waiting for the network')).toBeHidden()
    await use(rig)
    await rig.network.calm()
  },
})

/** The browser has got over the fault before: a fault on top of another is a third one. */
async function untilAtEase(person: FaultPerson): Promise<void> {
  await expect
    .poll(async () => (await person.transport()).availableBps, { timeout: 60_000 })
    .toBeGreaterThan(EASE_BPS)
}

/** Tests that need namespaces. They are skipped where none can be made; why was said at the start. */
export function describeFaults(title: string, define: () => void): void {
  const reason = process.env[SKIP_REASON]
  test.describe(title, () => {
    test.skip(reason !== undefined, reason)
    define()
  })
}

export { expect } from '@playwright/test'
