import { randomUUID } from 'node:crypto'
import { dispose } from '@livekit/rtc-node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, signUp } from '../../supabase/tests/support/person.ts'
import { connectSfuClient, type SfuClient } from '../../supabase/tests/support/sfuClient.ts'
import { askForMedia } from '../../supabase/tests/support/sfuScene.ts'
import { withoutLivekit } from '../support/livekit.ts'
import type { Caller } from './callBrowser.ts'
import { hasLivekit, type RealCall, startRealCall } from './realCall.ts'

const patience = { timeout: 20_000, interval: 20 }

let call: RealCall | null = null
let ada: Caller
let ben: Caller
const clients: SfuClient[] = []

beforeAll(async () => {
  if (!(await hasLivekit())) return
  call = await startRealCall({ width: 160, height: 120, frameRate: 10 }, '1 hour')
  ada = await call.arrive('Ada')
  ben = await call.arrive('Ben')
  await watchRequests(ada)
  await call.moveToSfu([ada, ben])
}, 60_000)

afterAll(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()))
  await call?.close()
  await dispose()
})

/** Goes to the media server alone, without the app: nothing but the server and those who send keeps the media from this client. */
async function connect(media: { readonly url: string; readonly token: string }): Promise<SfuClient | null> {
  const client = await connectSfuClient(media).catch(() => null)
  if (client !== null) clients.push(client)
  return client
}

/** What a page says to the media server, by the field of LiveKit's `SignalRequest` that it is in; a list for each socket. */
interface Requests {
  readonly bySocket: (readonly number[])[]
  /** Has the page take a message for one of the media server. */
  hear: (message: readonly number[]) => void
}
const ADD_TRACK = 4
const SUBSCRIPTION_PERMISSION = 11
/** `SignalResponse { leave { action: RECONNECT } }`, by which the server has its client begin anew, with everything. */
const BEGIN_ANEW: readonly number[] = [(8 << 3) | 2, 2, 3 << 3, 2]

async function watchRequests(caller: Caller): Promise<void> {
  await caller.page.evaluate(() => {
    const sockets: WebSocket[] = []
    const bySocket: number[][] = []
    const original: unknown = Reflect.get(WebSocket.prototype, 'send')
    const requests: Requests = {
      bySocket,
      hear: (message) => {
        const data = new Uint8Array(message).buffer
        sockets.at(-1)?.dispatchEvent(new MessageEvent('message', { data }))
      },
    }
    Object.assign(window, { requests })
    WebSocket.prototype.send = function (data) {
      if (/\/rtc/.test(this.url) && data instanceof ArrayBuffer) {
        if (!sockets.includes(this)) {
          sockets.push(this)
          bySocket.push([])
        }
        bySocket[sockets.indexOf(this)]?.push((new Uint8Array(data)[0] ?? 0) >> 3)
      }
      if (typeof original === 'function') Reflect.apply(original, this, [data])
    }
  })
}

const requestsOf = (caller: Caller): Promise<Requests['bySocket']> =>
  caller.page.evaluate(() => (window as unknown as { requests: Requests }).requests.bySocket)

/** Three times, since each is put out within a moment. */
async function expectNothingOutside(media: { readonly url: string; readonly token: string }): Promise<void> {
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    const outside = await connect(media)
    if (outside === null) continue
    await expect.poll(() => outside.isConnected(), patience).toBe(false)
    expect(outside.framesReceived()).toBe(0)
  }
}

describe('who receives what the app sends over the media server', { timeout: 90_000 }, () => {
  test('somebody who joins does; nobody with a token from before does', async ({ skip }) => {
    if (call === null) return skip(withoutLivekit)
    const { roomId } = call
    const cyd: Person = await signUp(call.backend, 'Cyd')
    const connectionId = randomUUID()
    const joined = await cyd.call('POST', `/rooms/${roomId}/join`, { connectionId, supportsSfu: true })
    expect(joined.status).toBe(200)
    const { media } = await askForMedia(cyd, roomId, connectionId)
    if (media === null) throw new Error('no token')

    const inside = await connect(media)
    await expect.poll(() => inside?.framesReceived() ?? 0, patience).toBeGreaterThan(100)

    await cyd.call('POST', `/rooms/${roomId}/leave`, { connectionId })
    await expect.poll(() => inside?.isConnected() ?? false, patience).toBe(false)
    await expectNothingOutside(media)

    // Nor while somebody inside is not to see somebody else, nor once that is over.
    await ada.run((page) => page.setBlocked('Ben', true))
    await expectNothingOutside(media)
    await ada.run((page) => page.setBlocked('Ben', false))
    await expectNothingOutside(media)

    // The others go on.
    const before = await ada.run((page) => page.frames())
    await expect
      .poll(async () => (await ada.run((page) => page.frames()))['Ben'] ?? 0, patience)
      .toBeGreaterThan((before['Ben'] ?? 0) + 5)
  })

  test('a connection that begins anew says who may receive before it publishes anything', async ({
    skip,
  }) => {
    if (call === null) return skip(withoutLivekit)
    const published = async (): Promise<number> =>
      (await requestsOf(ada)).filter((requests) => requests.includes(ADD_TRACK)).length
    const before = await published()
    expect(before).toBeGreaterThan(0)
    await ada.page.evaluate(
      (message) => (window as unknown as { requests: Requests }).requests.hear(message),
      BEGIN_ANEW,
    )
    await expect.poll(published, patience).toBeGreaterThan(before)
    for (const requests of (await requestsOf(ada)).filter((sent) => sent.includes(ADD_TRACK))) {
      const permission = requests.indexOf(SUBSCRIPTION_PERMISSION)
      expect(permission).toBeGreaterThanOrEqual(0)
      expect(permission).toBeLessThan(requests.indexOf(ADD_TRACK))
    }
    const seen = (await ben.run((page) => page.frames()))['Ada'] ?? 0
    await expect
      .poll(async () => (await ben.run((page) => page.frames()))['Ada'] ?? 0, patience)
      .toBeGreaterThan(seen + 5)
  })
})
