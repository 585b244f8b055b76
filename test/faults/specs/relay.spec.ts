import process from 'node:process'
import { describeFaults, expect, type FaultCall, test } from '../faultTest.ts'
import { report } from '../figures.ts'
import { openPerson } from '../rig/faultPerson.ts'
import { untilBothMeet } from '../rig/observe.ts'

const libraries = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu']
const preload = libraries.map((folder) => `${folder}/faketime/libfaketime.so.1`).join(' ')

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

  test('a clock that is ten minutes fast: joining and the relay work', async ({ call }) => {
    const { network, backend, ada } = call
    const place = await network.addPlace('chloe')
    await network.link.block([
      { protocol: 'udp', from: 'chloe', to: 'ada' },
      { protocol: 'udp', from: 'ada', to: 'chloe' },
    ])
    const chloe = await openPerson({
      network,
      backend,
      name: 'Chloe',
      place,
      environment: { LD_PRELOAD: preload, FAKETIME: '+10m', FAKETIME_DONT_FAKE_MONOTONIC: '1' },
    })
    try {
      const aheadMs = (await chloe.page.evaluate(() => Date.now())) - Date.now()
      expect(aheadMs).toBeGreaterThan(9 * 60_000)
      await chloe.openRoom('Fault room')
      await chloe.joinNow('Fault room')
      await expect
        .poll(async () => (await chloe.transport()).localCandidates, { timeout: 20_000 })
        .toContain('relay')
      const before = (await chloe.transport()).audioPackets
      await expect
        .poll(async () => (await chloe.transport()).audioPackets, { timeout: 20_000 })
        .toBeGreaterThan(before + 20)
      await expect(ada.tileOf('Chloe')).toBeVisible()
      await report('clock ten minutes fast', { 'ahead ms': aheadMs })
      await chloe.leave()
    } finally {
      await chloe.app.close()
    }
    expect(process.env['FAKETIME']).toBeUndefined()
  })
})
