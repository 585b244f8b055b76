import process from 'node:process'
import { describeFaults, expect, type FaultCall, ROOM, test } from '../faultTest.ts'
import { report } from '../figures.ts'
import { openPerson } from '../rig/faultPerson.ts'
import { untilBothMeet } from '../rig/observe.ts'
import { fastClock } from '../rig/wrongClock.ts'

async function localCandidates({ ada, ben }: FaultCall): Promise<readonly string[]> {
  const read = await Promise.all([ada.transport(), ben.transport()])
  return read.flatMap((transport) => transport.localCandidates)
}

describeFaults('relays', () => {
  test('while a direct path works no relay is used, though one is there', async ({ call }) => {
    expect(await localCandidates(call)).not.toContain('relay')
  })

  for (const [title, rules, protocol] of [
    [
      'the direct path is blocked: media goes over the relay',
      [
        { protocol: 'udp', from: 'ada', to: 'ben' },
        { protocol: 'udp', from: 'ben', to: 'ada' },
      ],
      'udp',
    ],
    ['nothing but TCP gets out: media goes over the relay by TLS', [{ protocol: 'udp', from: 'ada' }], 'tls'],
  ] as const) {
    test(title, async ({ call }) => {
      const { ada, ben, network } = call
      const blockedAtMs = Date.now()
      await network.link.block(rules)
      const backMs = await untilBothMeet(ada, ben, blockedAtMs + 500)
      expect(await localCandidates(call)).toContain('relay')
      expect((await ada.transport()).relayProtocols).toContain(protocol)
      await network.link.block([])
      await report(title, { 'media back after ms': backMs + 500 })
      expect(backMs + 500).toBeLessThanOrEqual(10_000)
    })
  }

  for (const [title, name, aheadMinutes, wrongBy] of [
    ['fast', 'Chloe', 10, { environment: fastClock('+10m') }],
    ['slow', 'Dora', -10, { clockOffsetMs: -10 * 60_000 }],
  ] as const) {
    test(`a clock that is ten minutes ${title}: joining and the relay work`, async ({ call }) => {
      const { network, backend, ada } = call
      const place = await network.addPlace(name.toLowerCase())
      await network.link.block([
        { protocol: 'udp', from: place.name, to: 'ada' },
        { protocol: 'udp', from: 'ada', to: place.name },
      ])
      const person = await openPerson({
        network,
        backend,
        name,
        place,
        ...wrongBy,
      })
      try {
        const aheadMs = (await person.page.evaluate(() => Date.now())) - Date.now()
        expect(Math.abs(aheadMs - aheadMinutes * 60_000)).toBeLessThan(60_000)
        const pressedAtMs = Date.now()
        await person.openRoom(ROOM)
        await person.joinNow(ROOM)
        await expect
          .poll(async () => (await person.transport()).localCandidates, { timeout: 20_000 })
          .toContain('relay')
        const before = (await person.transport()).audioPackets
        await expect
          .poll(async () => (await person.transport()).audioPackets, { timeout: 20_000 })
          .toBeGreaterThan(before + 20)
        await expect(ada.tileOf(name)).toBeVisible()
        await report(`clock ten minutes ${title}`, {
          'ahead ms': aheadMs,
          'heard over the relay after ms': Date.now() - pressedAtMs,
        })
        await person.leave()
      } finally {
        await person.app.close()
      }
      expect(process.env['FAKETIME']).toBeUndefined()
    })
  }
})
