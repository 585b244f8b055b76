import { randomUUID } from 'node:crypto'
import type { RealtimeChannel } from '@supabase/supabase-js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createInbox, subscribed } from './testing/channelProbes.ts'
import { startRealtime, type RealtimeFixture } from './testing/realtimeFixture.ts'

let realtime: RealtimeFixture

beforeAll(async () => {
  realtime = await startRealtime({ presenceEventsPerWindow: 10 })
})

afterAll(async () => {
  await realtime.stop()
})

interface Seen {
  readonly event: string
  readonly names: Readonly<Record<string, readonly unknown[]>>
}

/** Collects the whole state at each sync. */
function watchPresence(channel: RealtimeChannel) {
  const inbox = createInbox<Seen>(`${channel.topic} presence`)
  const note = (event: string) => {
    const state = channel.presenceState<{ name: string }>()
    const names = Object.fromEntries(
      Object.entries(state).map(([key, metas]) => [key, metas.map((meta) => meta.name).sort()]),
    )
    inbox.push({ event, names })
  }
  channel.on('presence', { event: 'sync' }, () => {
    note('sync')
  })
  return inbox
}

function keyed(key: string) {
  return { config: { presence: { key } } }
}

describe.each(['1.0.0', '2.0.0'])('presence with vsn %s', (vsn) => {
  test('shows those who are there to those who come, and those who come to those who are there', async () => {
    const [ana, ben] = await Promise.all([realtime.client({ vsn }), realtime.client({ vsn })])
    const topic = randomUUID()
    const anaChannel = ana.channel(topic, keyed('ana'))
    const atAna = watchPresence(anaChannel)
    await subscribed(anaChannel)
    expect(await atAna.next()).toEqual({ event: 'sync', names: {} })
    expect(await anaChannel.track({ name: 'Ana' })).toBe('ok')
    await atAna.nextWhere(({ names }) => 'ana' in names)

    const benChannel = ben.channel(topic, keyed('ben'))
    const atBen = watchPresence(benChannel)
    await subscribed(benChannel)
    expect((await atBen.next()).names).toEqual({ ana: ['Ana'] })
    await benChannel.track({ name: 'Ben' })
    expect((await atAna.nextWhere(({ names }) => 'ben' in names)).names).toEqual({
      ana: ['Ana'],
      ben: ['Ben'],
    })
  })

  test('follows updates, untrack, leaving and a socket that dies', async () => {
    const [ana, ben, cleo, dan] = await Promise.all(['a', 'b', 'c', 'd'].map(() => realtime.client({ vsn })))
    const topic = randomUUID()
    const channels = [ana!, ben!, cleo!, dan!].map((client, index) =>
      client.channel(topic, keyed(`p${index}`)),
    )
    const atAna = watchPresence(channels[0]!)
    await Promise.all(channels.map((channel) => subscribed(channel)))
    await Promise.all(channels.map((channel, index) => channel.track({ name: `n${index}` })))
    await atAna.nextWhere(({ names }) => Object.keys(names).length === 4)

    await channels[1]!.track({ name: 'renamed' })
    expect((await atAna.nextWhere(({ names }) => names['p1']?.[0] === 'renamed')).names['p1']).toEqual([
      'renamed',
    ])
    await channels[1]!.untrack()
    await atAna.nextWhere(({ names }) => !('p1' in names))
    await cleo!.removeChannel(channels[2]!)
    await atAna.nextWhere(({ names }) => !('p2' in names))
    await dan!.realtime.disconnect()
    expect((await atAna.nextWhere(({ names }) => !('p3' in names))).names).toEqual({ p0: ['n0'] })
  })

  test('keeps several connections under one key', async () => {
    const [first, second, watcher] = await Promise.all(['a', 'b', 'c'].map(() => realtime.client({ vsn })))
    const topic = randomUUID()
    const watching = watcher!.channel(topic, keyed('watcher'))
    const seen = watchPresence(watching)
    await subscribed(watching)
    const channels = [first!, second!].map((client) => client.channel(topic, keyed('same')))
    await Promise.all(channels.map((channel) => subscribed(channel)))
    await channels[0]!.track({ name: 'one' })
    await channels[1]!.track({ name: 'two' })
    await seen.nextWhere(({ names }) => names['same']?.length === 2)
    await first!.removeAllChannels()
    expect((await seen.nextWhere(({ names }) => names['same']?.length === 1)).names).toEqual({
      same: ['two'],
    })
  })
})

describe('presence', () => {
  test('gives a key of its own to those who name none, and takes hostile keys as they are', async () => {
    const [ana, ben] = await Promise.all([realtime.client(), realtime.client()])
    const topic = randomUUID()
    const watching = ana.channel(topic)
    const seen = watchPresence(watching)
    await subscribed(watching)
    await watching.track({ name: 'unnamed' })
    const hostile = ben.channel(topic, keyed('constructor'))
    watchPresence(hostile)
    await subscribed(hostile)
    await hostile.track({ name: 'hostile' })
    const { names } = await seen.nextWhere(({ names }) => Object.keys(names).length === 2)
    expect(new Set(Object.values(names).flat())).toEqual(new Set(['hostile', 'unnamed']))
  })

  test('that changes too often closes the channel and nothing else', async () => {
    const ana = await realtime.client()
    const busy = ana.channel(randomUUID(), keyed('busy'))
    const calm = ana.channel(randomUUID(), keyed('calm'))
    const statuses = await subscribed(busy)
    await subscribed(calm)
    for (let n = 0; n < 11; n += 1) void busy.track({ name: String(n) })
    expect((await statuses.next()).status).toBe('CLOSED')
    expect(await calm.track({ name: 'calm' })).toBe('ok')
  })
})
