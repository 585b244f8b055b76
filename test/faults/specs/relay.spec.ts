import { describeFaults, expect, type FaultCall, ROOM, test } from '../faultTest.ts'
import { report } from '../figures.ts'
import { openPerson } from '../rig/faultPerson.ts'
import { untilBothMeet, untilMediaFlows } from '../rig/observe.ts'

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
      expect(backMs + 500).toBeLessThanOrEqual(8_000)
    })
  }

  for (const [title, name, aheadMs] of [
    ['fast', 'Chloe', 10 * 60_000],
    ['slow', 'Dora', -10 * 60_000],
  ] as const) {
    test(`a clock that is ten minutes ${title}: joining and the relay work`, async ({ call }) => {
      const { network, backend, ada } = call
      const place = await network.addPlace(name.toLowerCase())
      await network.link.block([
        { protocol: 'udp', from: place.name, to: 'ada' },
        { protocol: 'udp', from: 'ada', to: place.name },
      ])
      const person = await openPerson({ network, backend, name, place, clockOffsetMs: aheadMs })
      try {
        const readMs = (await person.page.evaluate(() => Date.now())) - Date.now()
        expect(Math.abs(readMs - aheadMs)).toBeLessThan(60_000)
        const pressedAtMs = Date.now()
        await person.openRoom(ROOM)
        await person.joinNow(ROOM)
        // Whose of the two relays is used is the browsers' to choose: that ours was let in is what its clock might cost.
        const heardMs = await untilMediaFlows(person, 'Ada', pressedAtMs)
        expect((await person.transport()).gatheredCandidates).toContain('relay')
        await expect(ada.tileOf(name)).toBeVisible()
        await report(`clock ten minutes ${title}`, {
          'ahead ms': aheadMs,
          'sees and hears Ada over the relay after ms': heardMs,
        })
        await person.leave()
      } finally {
        await person.app.close()
      }
    })
  }
})
