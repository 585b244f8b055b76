import { randomUUID } from 'node:crypto'
import { resolve } from 'node:path'
import postgres, { type Sql } from 'postgres'
import { findLivekitBinary } from '../../src/backend/livekit/findLivekitBinary.ts'
import { startTestBackend, type TestBackend } from '../support/backend.ts'
import { type Caller, type CallBrowser, launchCallBrowser, type Profile } from './callBrowser.ts'

/** Whole hundreds: each fits a 10 ms block without rest. */
const TONES_HZ = [500, 900, 1_300, 1_700, 2_100, 2_500] as const

/** People in a real call: Chromium, the embedded backend, a LiveKit server. */
export interface RealCall {
  readonly backend: TestBackend
  readonly browser: CallBrowser
  /** As the schema's owner. */
  readonly sql: Sql
  readonly roomId: string
  /** Somebody comes: signed up, with camera and microphone on, in the call. `listens`: what they hear is measured. */
  arrive(name: string, listens?: boolean): Promise<Caller>
  /** Has the room's media go over the media server from now on. Resolves once it does so for all of these. */
  moveToSfu(people: readonly Caller[]): Promise<void>
  close(): Promise<void>
}

/** Whether there is a LiveKit server to meet on: `npm run livekit` builds one. */
export async function hasLivekit(): Promise<boolean> {
  const found = await findLivekitBinary({
    chosen: process.env['STUDYHALL_LIVEKIT_SERVER'],
    resourcesFolder: null,
    projectFolder: resolve(import.meta.dirname, '..', '..'),
  })
  return found.kind === 'found'
}

/** `meshReturnDelay`: how long a room has few people before it is a mesh again, as an interval of SQL. */
export async function startRealCall(profile: Profile, meshReturnDelay = '1 second'): Promise<RealCall> {
  const backend = await startTestBackend({
    livekit: 'auto',
    environment: { STUDYHALL_LIVEKIT_SERVER: process.env['STUDYHALL_LIVEKIT_SERVER'] },
  })
  const sql = postgres(backend.databaseUrl, { max: 2, onnotice: () => undefined })
  const browser = await launchCallBrowser()
  await sql`update private.config set mesh_return_delay = ${meshReturnDelay}::interval`
  await untilThereIsAnSfu(sql)
  const { url, publishableKey } = backend
  let roomId: string | null = null
  let count = 0
  return {
    backend,
    browser,
    sql,
    get roomId() {
      return roomId ?? randomUUID()
    },
    async arrive(name, listens = false) {
      const toneHz = TONES_HZ[count % TONES_HZ.length] ?? TONES_HZ[0]
      count += 1
      const caller = await browser.open(name, 'all', profile, {
        backend: { url, publishableKey },
        toneHz,
        listens,
      })
      await caller.run((page) => page.prepare({ camera: true, microphone: true }).then(() => undefined))
      roomId ??= await caller.run((page) => page.createRoom())
      await caller.page.evaluate((id) => window.callPage.join(id), roomId)
      return caller
    },
    async moveToSfu(people) {
      await sql`
        update public.rooms set topology = 'sfu', topology_epoch = topology_epoch + 1
        where id = ${roomId} and topology = 'mesh'`
      for (const person of people) {
        await person.until((page) => {
          const snapshot = page.call()
          return (
            snapshot.kind === 'live' &&
            snapshot.mediaServer === 'connected' &&
            snapshot.others.every(({ path, link }) => path === 'sfu' && link === 'connected')
          )
        }, 30_000)
      }
    },
    async close() {
      await browser.close()
      await sql.end({ timeout: 1 })
      await backend.stop()
    },
  }
}

async function untilThereIsAnSfu(sql: Sql): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const [config] = await sql<{ hasSfu: boolean }[]>`select has_sfu as "hasSfu" from private.config`
    if (config?.hasSfu === true) return
    await new Promise((done) => setTimeout(done, 100))
  }
  throw new Error('LiveKit did not answer')
}
