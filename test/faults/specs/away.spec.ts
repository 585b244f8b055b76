import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'
import { desktopShellOf } from '../../e2e/helpers/desktopShell.ts'
import { describeFaults, expect, test } from '../faultTest.ts'
import { report } from '../figures.ts'
import { ASLEEP_SECONDS, EXTRA_SLEEP_MS } from '../limits.ts'
import { type FaultBackend, startFaultBackend } from '../rig/backend.ts'
import { openPerson } from '../rig/faultPerson.ts'
import { createNetwork } from '../rig/network.ts'
import { lookBack, untilBothMeet, untilSample } from '../rig/observe.ts'
import { signalPlace } from '../rig/suspend.ts'

const TOKEN_LIFETIME_S = 60
const ROOM = 'Long evening'

/** Longer than a heartbeat may be missing (60 s) and than the look after those who are gone (15 s). */
const OUT_OF_SIGHT_MS = 80_000

describeFaults('a window in the tray', () => {
  test('whoever has closed it is in the room all the time', async ({ call }) => {
    const { ada, ben, backend } = call
    const shell = desktopShellOf(ada.app.process)
    await ada.page.evaluate('desktop.settings.update({ closeToTray: true })')
    await using sql = await openSql(backend)
    const closedAtMs = Date.now()
    await shell.closeWindow()
    const isOutOfSight = async () => {
      const seen = await shell.window()
      return seen !== null && (seen.isMinimized || !seen.isVisible)
    }
    await expect.poll(isOutOfSight).toBe(true)
    await sleep(OUT_OF_SIGHT_MS - (Date.now() - closedAtMs))
    expect(await isOutOfSight()).toBe(true)

    const seen = await lookBack(ben, 'Ada', closedAtMs)
    const heartbeatAgeS = await sql.oldestHeartbeatS()
    await report('window in the tray', {
      'out of sight s': (Date.now() - closedAtMs) / 1_000,
      'longest without sound ms': seen.longestWithoutAudioMs,
      'longest without a picture ms': seen.longestWithoutFrameMs,
      'oldest heartbeat s': heartbeatAgeS,
    })
    expect(seen).toMatchObject({ wasGone: false, wasReconnecting: false })
    expect(seen.longestWithoutAudioMs).toBeLessThanOrEqual(2_000)
    expect(heartbeatAgeS).toBeLessThanOrEqual(40)
    await shell.pressTray(/^Open Studyhall$/)
    await expect.poll(isOutOfSight).toBe(false)
    await untilBothMeet(ada, ben)
  })
})

interface CallDatabase extends AsyncDisposable {
  /** Seconds since whoever of those inside was heard of longest ago; everybody has to be there. */
  oldestHeartbeatS(): Promise<number>
}

async function openSql(backend: FaultBackend): Promise<CallDatabase> {
  const sql = postgres(await backend.databaseUrl(), { max: 1, onnotice: () => undefined })
  return {
    async oldestHeartbeatS() {
      const rows = await sql<{ age: number }[]>`
        select extract(epoch from now() - last_seen_at)::float as age from public.room_participants where is_active`
      expect(rows).toHaveLength(2)
      return Math.max(...rows.map(({ age }) => age))
    },
    [Symbol.asyncDispose]: () => sql.end(),
  }
}

describeFaults('people who are away', () => {
  test('tokens of a minute, a killed app, a computer that sleeps, a second computer', async () => {
    test.setTimeout(420_000 + EXTRA_SLEEP_MS)
    await using network = await createNetwork()
    await using backend = await startFaultBackend(network, { accessTokenLifetimeS: TOKEN_LIFETIME_S })
    const open = async (
      name: string,
      { email, clockOffsetMs }: { email?: string; clockOffsetMs?: number } = {},
    ) =>
      openPerson({
        network,
        backend,
        name,
        place: await network.addPlace(`${name.toLowerCase()}${email === undefined ? '' : '2'}`),
        ...(email === undefined ? {} : { email }),
        ...(clockOffsetMs === undefined ? {} : { clockOffsetMs }),
      })
    const ada = await open('Ada')
    // By whose clock each token is good for ten minutes longer than it is.
    const ben = await open('Ben', { clockOffsetMs: -10 * 60_000 })
    const chloe = await open('Chloe')
    const sql = postgres(await backend.databaseUrl(), { max: 1, onnotice: () => undefined })
    const apps = [ada.app, ben.app]
    try {
      await ada.createRoom({ name: ROOM })
      await ada.joinNow(ROOM)
      for (const person of [ben, chloe]) {
        await person.openRoom(ROOM)
        await person.joinNow(ROOM)
      }
      await untilBothMeet(ada, ben)
      await untilBothMeet(ada, chloe)
      const metAtMs = Date.now()
      const openSockets = async (): Promise<number> =>
        (await ada.sockets()).filter((socket) => (socket.openedAtMs ?? 0) > metAtMs).length

      await test.step('Chloe’s app is killed: soon she is gone for the others, and a little later for the database', async () => {
        const killedAtMs = Date.now()
        await signalPlace(chloe.place, 'SIGKILL')
        const goneMs = Math.max(
          ...(await Promise.all(
            [ada, ben].map((person) =>
              untilSample(person, killedAtMs, ({ tiles }) => tiles['Chloe'] === undefined, 30_000),
            ),
          )),
        )
        await expect
          .poll(
            async () => {
              const [counted] = await sql<{ count: number }[]>`
                select count(*)::int as count from public.room_participants where is_active`
              return counted?.count
            },
            { timeout: 90_000, intervals: [500] },
          )
          .toBe(2)
        const forgottenMs = Date.now() - killedAtMs
        await report('client killed', {
          'gone for others after ms': goneMs,
          'gone in the database after ms': forgottenMs,
        })
        expect(goneMs).toBeLessThanOrEqual(20_000)
        expect(forgottenMs).toBeLessThanOrEqual(75_000)
      })

      await test.step('a call of more than two tokens drops nothing, nor does a clock that is slow', async () => {
        await sleep(Math.max(0, 135_000 - (Date.now() - metAtMs)))
        expect(await openSockets()).toBe(0)
        const seen = await Promise.all([lookBack(ada, 'Ben', metAtMs), lookBack(ben, 'Ada', metAtMs)])
        await report(`tokens of ${TOKEN_LIFETIME_S} s`, {
          'call s': (Date.now() - metAtMs) / 1_000,
          'longest without sound ms': Math.max(...seen.map((each) => each.longestWithoutAudioMs)),
        })
        for (const each of seen) {
          expect(each.wasGone).toBe(false)
          expect(each.wasReconnecting).toBe(false)
          expect(each.wasWaitingForNetwork).toBe(false)
        }
        await ben.page.getByRole('button', { name: 'Mute', exact: true }).click()
        await expect(ada.tileOf('Ben')).toContainText(/muted/i)
        await ben.page.getByRole('button', { name: 'Unmute', exact: true }).click()
        await expect(ada.tileOf('Ben')).not.toContainText(/muted/i)
      })

      for (const asleepSeconds of ASLEEP_SECONDS) {
        await test.step(`Ada’s computer sleeps for ${asleepSeconds} s`, async () => {
          await signalPlace(ada.place, 'SIGSTOP')
          await sleep(asleepSeconds * 1_000)
          const awakeAtMs = Date.now()
          await signalPlace(ada.place, 'SIGCONT')
          const backMs = await untilBothMeet(ada, ben, awakeAtMs)
          await report(`asleep for ${asleepSeconds} s`, { 'media back after ms': backMs })
          expect(backMs).toBeLessThanOrEqual(5_000)
        })
      }

      await test.step('Ada joins from a second computer: the first one is told why, and does not come back', async () => {
        const laptop = await open('Ada', { email: ada.email })
        apps.push(laptop.app)
        await laptop.openRoom(ROOM)
        await laptop.joinNow(ROOM)
        await expect(ada.page.getByText('You joined from somewhere else')).toBeVisible()
        await untilBothMeet(laptop, ben)
        const settledAtMs = Date.now()
        await sleep(5_000)
        const seen = await lookBack(ben, 'Ada', settledAtMs)
        expect(seen.wasGone).toBe(false)
        await expect(ada.page.getByText('You joined from somewhere else')).toBeVisible()
        await report('joined twice', { loop: 'none in 5 s' })
      })
    } finally {
      await signalPlace(ada.place, 'SIGCONT')
      await sql.end()
      await Promise.all(apps.map((app) => app.close()))
      await chloe.app.kill()
    }
  })
})
