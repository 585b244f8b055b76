import { expect, test } from 'vitest'
import type { HostingReport, HostingRequest } from '../../shared/backend/messages.ts'
import { parseHostCode } from '../../shared/nearby/hostCode.ts'
import { createHost } from './createHost.ts'

const fingerprint = 'mC0v7Vw0L3l2m1h9Qd5xGk8yYtZ3a6b4c2d1e0f9g8A'
const ready = {
  kind: 'ready',
  mode: 'embedded',
  url: 'http://127.0.0.1:1',
  publishableKey: 'k',
  livekitUrl: null,
} as const
const on = (part: Partial<Extract<HostingReport, { kind: 'on' }>> = {}): HostingReport => ({
  kind: 'on',
  addresses: ['192.168.1.7'],
  port: 47_310,
  fingerprint,
  guests: 0,
  rooms: null,
  people: null,
  ...part,
})

function open(given: { readonly kind?: 'embedded' | 'hosted'; readonly firmPort?: number } = {}) {
  const asked: HostingRequest[] = []
  let stops = 0
  let isReady = true
  let kind = given.kind ?? 'embedded'
  let changes = 0
  const host = createHost({
    backend: {
      choice: () => ({ kind, url: null, isFixed: false }),
      askHosting: (command) => {
        if (!isReady) return false
        if (command.kind === 'host') asked.push(command.request)
        else stops += 1
        return true
      },
    },
    firmPort: given.firmPort ?? null,
    onChanged: () => (changes += 1),
  })
  return {
    host,
    asked,
    stops: () => stops,
    changes: () => changes,
    turnTo: (next: 'hosted') => {
      kind = next
    },
    setReady: (next: boolean) => {
      isReady = next
    },
  }
}

test('the code names where the host is, by what it is known, and what was made for this time alone', () => {
  const { host, asked } = open()
  host.start('Ada')
  expect(host.state()).toEqual({ kind: 'starting' })
  host.handleReport(on({ addresses: ['192.168.1.7', '10.0.0.3'], guests: 2, rooms: 1, people: 3 }))
  const state = host.state()
  expect(state).toMatchObject({ kind: 'on', addresses: ['192.168.1.7', '10.0.0.3'], port: 47_310, guests: 2 })
  expect(host.counts()).toEqual({ rooms: 1, people: 3 })
  const code = state.kind === 'on' ? parseHostCode(state.code) : null
  expect(code).toMatchObject({ addresses: ['192.168.1.7', '10.0.0.3'], fingerprint, key: asked[0]?.key })
  host.stop()
  host.start('Ada')
  expect(asked[1]?.key).not.toBe(asked[0]?.key)
})

test('stopping is told to the backend, and what it says afterwards changes nothing', () => {
  const { host, stops } = open()
  host.start('Ada')
  host.handleReport(on())
  host.stop()
  expect(stops()).toBe(1)
  host.handleReport(on({ guests: 1 }))
  host.handleReport({ kind: 'off', problem: null })
  expect(host.state()).toEqual({ kind: 'off', problem: null })
})

test('when the backend’s process ends, the next one hosts by the same key at the same port', () => {
  const { host, asked, setReady } = open()
  host.start('Ada')
  host.handleReport(on({ port: 51_000 }))
  setReady(false)
  host.handleReport({ kind: 'off', problem: null })
  host.handleConnection({ kind: 'starting', step: '' })
  expect(host.state()).toEqual({ kind: 'starting' })
  setReady(true)
  host.handleConnection(ready)
  expect(asked).toHaveLength(2)
  expect(asked[1]).toEqual({ ...asked[0], port: 51_000 })
})

test('a backend that cannot start again ends it', () => {
  const { host } = open()
  host.start('Ada')
  host.handleConnection({ kind: 'failed', failure: { kind: 'disk-full', message: '' } })
  expect(host.state()).toEqual({ kind: 'off', problem: 'failed' })
  host.dismiss()
  expect(host.state()).toEqual({ kind: 'off', problem: null })
})

test('turning to another backend ends it, and does not wait for the next process', () => {
  const { host, turnTo } = open()
  host.start('Ada')
  host.handleReport(on())
  turnTo('hosted')
  host.handleReport({ kind: 'off', problem: null })
  expect(host.state()).toEqual({ kind: 'off', problem: 'not_embedded' })
})

test.each(['not_owner', 'no_network', 'port_in_use', 'failed'] as const)('%s is told', (problem) => {
  const { host } = open()
  host.start('Ada')
  host.handleReport({ kind: 'off', problem })
  expect(host.state()).toEqual({ kind: 'off', problem })
})

test('only the embedded backend can be opened, and only when it is there', () => {
  const elsewhere = open({ kind: 'hosted' })
  elsewhere.host.start('Ada')
  expect(elsewhere.host.state()).toEqual({ kind: 'off', problem: 'not_embedded' })
  const early = open()
  early.setReady(false)
  early.host.start('Ada')
  expect(early.host.state()).toEqual({ kind: 'off', problem: 'not_ready' })
})

test('a port of the environment is firm; the usual one is a wish', () => {
  const firm = open({ firmPort: 8_443 })
  firm.host.start('Ada')
  expect(firm.asked[0]).toMatchObject({ port: 8_443, isFirm: true })
  const usual = open()
  usual.host.start('Ada')
  expect(usual.asked[0]).toMatchObject({ port: 47_310, isFirm: false })
})

test('the page is told of what has changed, and of nothing else', () => {
  const { host, changes } = open()
  host.start('Ada')
  host.handleReport(on({ rooms: 1, people: 1 }))
  host.handleReport(on({ rooms: 2, people: 2 }))
  expect(changes()).toBe(2)
})

test('another address makes another code, by the same key; the page is told until the person has seen it', () => {
  const { host } = open()
  host.start('Ada')
  host.handleReport(on())
  const first = host.state()
  expect(first).toMatchObject({ kind: 'on', hasMoved: false })
  host.handleReport(on({ addresses: ['10.0.0.3'] }))
  const moved = host.state()
  expect(moved).toMatchObject({ kind: 'on', hasMoved: true, addresses: ['10.0.0.3'] })
  const codes = [first, moved].map((state) => (state.kind === 'on' ? parseHostCode(state.code) : null))
  expect(codes[1]).toEqual({ ...codes[0], addresses: ['10.0.0.3'] })
  host.dismiss()
  expect(host.state()).toMatchObject({ kind: 'on', hasMoved: false, addresses: ['10.0.0.3'] })
})

test('without a network the code stays, and is no other one when the same network is back', () => {
  const { host } = open()
  host.start('Ada')
  host.handleReport(on())
  const first = host.state()
  host.handleReport(on({ addresses: [] }))
  expect(host.state()).toEqual({ ...first, addresses: [] })
  host.handleReport(on())
  expect(host.state()).toEqual(first)
})
