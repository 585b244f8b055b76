import { describe, expect, test } from 'vitest'
import type { ChannelAccess } from './channelAccess.ts'
import { transition, type ChannelEvent, type ChannelIdentity, type ChannelState } from './channelState.ts'

const everything: ChannelAccess = {
  broadcastRead: true,
  broadcastWrite: true,
  presenceRead: true,
  presenceWrite: true,
}
const nothing: ChannelAccess = {
  broadcastRead: false,
  broadcastWrite: false,
  presenceRead: false,
  presenceWrite: false,
}
const identity: ChannelIdentity = {
  joinRef: '1',
  subTopic: 'room',
  isPrivate: true,
  ack: true,
  presenceEnabled: true,
}
const joining: ChannelState = { kind: 'joining', identity, ref: '1' }

function joined(access: ChannelAccess = everything, changes: Partial<ChannelIdentity> = {}): ChannelState {
  return { kind: 'joined', identity: { ...identity, ...changes }, access }
}

function commandsOf(state: ChannelState, event: ChannelEvent): string[] {
  return transition(state, event).commands.map(({ kind }) => kind)
}

const broadcast = { kind: 'broadcastReceived', ref: '5', tooLarge: false, tooMany: false } as const
const presence = { kind: 'presenceReceived', ref: '5', maxPayloadBytes: 100, tooMany: false } as const
const checked = { kind: 'joinChecked', expiresAtMs: null, response: {} } as const

describe('a channel that joins', () => {
  test('enters its topic before it answers, so that nothing is missed', () => {
    expect(commandsOf(joining, { ...checked, access: everything })).toEqual([
      'enterTopic',
      'watchExpiry',
      'reply',
      'pushPresenceState',
    ])
  })

  test.each([
    ['nothing', nothing, false],
    ['to send only', { ...nothing, broadcastWrite: true, presenceWrite: true }, false],
    ['to receive broadcasts', { ...nothing, broadcastRead: true }, true],
    ['to receive presence', { ...nothing, presenceRead: true }, true],
  ])('allowed %s is let in: %s', (_name, access, isIn) => {
    const { state } = transition(joining, { ...checked, access })
    expect(state.kind).toBe(isIn ? 'joined' : 'closed')
  })

  test('without presence is not let in for presence alone', () => {
    const state: ChannelState = { ...joining, identity: { ...identity, presenceEnabled: false } }
    const plan = transition(state, { ...checked, access: { ...nothing, presenceRead: true } })
    expect(plan.state.kind).toBe('closed')
  })

  test('and leaves before the answer is never let in', () => {
    const left = transition(joining, { kind: 'leaveReceived', ref: '2' })
    expect(left.commands.map(({ kind }) => kind)).toEqual(['reply', 'pushClose', 'forget'])
    expect(transition(left.state, { ...checked, access: everything }).commands).toEqual([])
  })
})

describe('a joined channel', () => {
  test.each([
    ['that it may send', joined(), broadcast, ['deliverBroadcast', 'reply']],
    ['without asking for an answer', joined(everything, { ack: false }), broadcast, ['deliverBroadcast']],
    ['that it may not send', joined({ ...everything, broadcastWrite: false }), broadcast, []],
    ['that is too large', joined(), { ...broadcast, tooLarge: true }, ['reply']],
    [
      'too often',
      joined(),
      { ...broadcast, tooMany: true },
      ['leaveTopic', 'pushSystemError', 'pushClose', 'forget'],
    ],
  ] as const)('handles a broadcast %s', (_name, state, event, commands) => {
    expect(commandsOf(state, event)).toEqual(commands)
  })

  test.each([
    ['track', { event: 'track', payload: { name: 'Ana' } }, ['track', 'reply']],
    ['TRACK', { event: 'TRACK' }, ['track', 'reply']],
    ['untrack', { event: 'untrack' }, ['untrack', 'reply']],
    ['something unknown', { event: 'dance' }, ['reply']],
    ['no event', {}, ['reply']],
    ['a payload that is no map', { event: 'track', payload: [1] }, ['reply']],
    [
      'too much',
      { event: 'track', payload: { x: 'x'.repeat(200) } },
      ['leaveTopic', 'pushSystemError', 'pushClose', 'forget'],
    ],
  ])('handles presence with %s', (_name, payload, commands) => {
    expect(commandsOf(joined(), { ...presence, payload })).toEqual(commands)
  })

  test('may not track without permission, but untrack', () => {
    const state = joined({ ...everything, presenceWrite: false })
    expect(transition(state, { ...presence, payload: { event: 'track', payload: {} } }).commands).toEqual([
      { kind: 'reply', ref: '5', status: 'error', response: {} },
    ])
    expect(commandsOf(state, { ...presence, payload: { event: 'untrack' } })).toEqual(['untrack', 'reply'])
  })

  test.each([
    ['all it had', everything, 'joined'],
    ['nothing', nothing, 'closed'],
    ['no more broadcasts', { ...everything, broadcastRead: false }, 'closed'],
    ['no more presence', { ...everything, presenceRead: false }, 'closed'],
    ['no more sending', { ...everything, broadcastWrite: false }, 'joined'],
  ])('with a new token that allows %s is %s', (_name, access, kind) => {
    const event = { kind: 'tokenRenewed', access, expiresAtMs: 1 } as const
    expect(transition(joined(), event).state.kind).toBe(kind)
  })

  test('whose token is refused says why and closes', () => {
    expect(transition(joined(), { kind: 'tokenRefused', message: 'why' }).commands).toEqual([
      { kind: 'leaveTopic' },
      { kind: 'pushSystemError', message: 'why' },
      { kind: 'pushClose' },
      { kind: 'forget' },
    ])
  })

  test('ends quietly with its socket, and closes when it is superseded', () => {
    expect(commandsOf(joined(), { kind: 'socketClosed' })).toEqual(['leaveTopic', 'forget'])
    expect(commandsOf(joined(), { kind: 'superseded' })).toEqual(['leaveTopic', 'pushClose', 'forget'])
  })
})
