import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startRealtime, type RealtimeFixture } from './testing/realtimeFixture.ts'
import { collect, subscribed } from './testing/channelProbes.ts'

let realtime: RealtimeFixture

beforeAll(async () => {
  realtime = await startRealtime()
}, 60_000)

afterAll(async () => {
  await realtime.stop()
})

describe.each(['1.0.0', '2.0.0'])('broadcast with vsn %s', (vsn) => {
  test('reaches the others and not the sender', async () => {
    const [ana, ben] = await Promise.all([realtime.client({ vsn }), realtime.client({ vsn })])
    const fromAna = ana.channel(`room-${vsn}`)
    const atAna = collect(fromAna, 'wave')
    const fromBen = ben.channel(`room-${vsn}`)
    const atBen = collect(fromBen, 'wave')
    await Promise.all([subscribed(fromAna), subscribed(fromBen)])

    await fromAna.send({ type: 'broadcast', event: 'wave', payload: { to: 'Bén 👋' } })
    await fromBen.send({ type: 'broadcast', event: 'wave', payload: { to: 'Ana' } })

    expect(await atBen.next()).toMatchObject({ event: 'wave', payload: { to: 'Bén 👋' } })
    expect(await atAna.next()).toMatchObject({ payload: { to: 'Ana' } })
    expect(atBen.received).toHaveLength(1)
    expect(atAna.received).toHaveLength(1)
  })
})
