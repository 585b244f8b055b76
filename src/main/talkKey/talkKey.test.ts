import { expect, test } from 'vitest'
import { defaultSettings } from '../../shared/settings/settings.ts'
import type { ChosenShortcuts } from '../../shared/shortcuts/shortcutActions.ts'
import { canHearKeys } from './canHearKeys.ts'
import type { HookMessage } from './hookMessages.ts'
import { createTalkKey } from './talkKey.ts'

const F9 = 67
const chosen = (fields: Partial<ChosenShortcuts>): ChosenShortcuts => ({
  ...defaultSettings.shortcuts,
  talkMode: 'pushToTalk',
  talkKey: 'F9',
  talkEverywhere: true,
  ...fields,
})

function open(isSupported = true) {
  const children: {
    hookCode: number
    say: (message: HookMessage) => void
    exit: () => void
    isKilled: boolean
  }[] = []
  const keys: boolean[] = []
  const lines: string[] = []
  const timers: (() => void)[] = []
  const talkKey = createTalkKey({
    isSupported,
    fork: (hookCode) => {
      const child = {
        hookCode,
        say: (_message: HookMessage): void => undefined,
        exit: (): void => undefined,
        isKilled: false,
      }
      children.push(child)
      return {
        onMessage: (listener) => {
          child.say = listener
        },
        onExit: (listener) => {
          child.exit = listener
        },
        kill: () => {
          child.isKilled = true
          child.exit()
        },
      }
    },
    setTimer: (callback) => {
      timers.push(callback)
      return () => void timers.splice(timers.indexOf(callback), 1)
    },
    onKey: (isDown) => keys.push(isDown),
    onChanged: () => undefined,
    log: { info: (text) => lines.push(text), warn: (text) => lines.push(text) },
  })
  return { talkKey, children, keys, lines, timers }
}

test.each([
  ['nobody asked for it', { talkEverywhere: false }],
  ['there is nothing to hold', { talkMode: 'off' }],
  ['the key writes', { talkKey: 'Space' }],
  ['the key is a letter', { talkKey: 'KeyK' }],
  ['the key is a name of another sort', { talkKey: 'constructor' }],
] as const)('nothing listens when %s', (_why, fields) => {
  const { talkKey, children } = open()
  talkKey.apply(chosen(fields), true)
  expect(children).toEqual([])
  expect(talkKey.state()).toBe('off')
})

test('it listens during calls only, for the one key', () => {
  const { talkKey, children, keys } = open()
  talkKey.apply(chosen({}), false)
  expect(talkKey.state()).toBe('waiting')
  talkKey.apply(chosen({}), true)
  talkKey.apply(chosen({}), true)
  expect(children.map(({ hookCode }) => hookCode)).toEqual([F9])
  children[0]?.say({ kind: 'listening' })
  expect(talkKey.state()).toBe('on')
  for (const isDown of [true, true, false]) children[0]?.say({ kind: 'key', isDown })
  expect(keys).toEqual([true, false])
  talkKey.apply(chosen({}), false)
  expect(children[0]?.isKilled).toBe(true)
  expect(talkKey.state()).toBe('waiting')
})

test('whatever ends the listening lets go of the key', () => {
  const { talkKey, children, keys } = open()
  talkKey.apply(chosen({}), true)
  children[0]?.say({ kind: 'listening' })
  children[0]?.say({ kind: 'key', isDown: true })
  children[0]?.exit()
  expect(keys).toEqual([true, false])
  expect(talkKey.state()).toBe('unavailable')
})

test('what does not work is not tried over and over, but again once it is chosen anew', () => {
  const { talkKey, children } = open()
  talkKey.apply(chosen({}), true)
  children[0]?.say({ kind: 'failed' })
  talkKey.apply(chosen({}), false)
  talkKey.apply(chosen({}), true)
  expect(children).toHaveLength(1)
  expect(talkKey.state()).toBe('unavailable')
  talkKey.apply(chosen({ talkEverywhere: false }), true)
  talkKey.apply(chosen({}), true)
  expect(children).toHaveLength(2)
})

test('a hook that hangs is given up', () => {
  const { talkKey, children, timers } = open()
  talkKey.apply(chosen({}), true)
  timers[0]?.()
  expect(talkKey.state()).toBe('unavailable')
  expect(children[0]?.isKilled).toBe(true)
})

test('another key takes the place of the first', () => {
  const { talkKey, children } = open()
  talkKey.apply(chosen({}), true)
  talkKey.apply(chosen({ talkKey: 'ControlRight' }), true)
  expect(children.map(({ hookCode, isKilled }) => [hookCode, isKilled])).toEqual([
    [F9, true],
    [3613, false],
  ])
})

test('where the system does not allow it nothing is started, and it is said', () => {
  const { talkKey, children } = open(false)
  talkKey.apply(chosen({}), true)
  expect(children).toEqual([])
  expect(talkKey.state()).toBe('unavailable')
})

test('no key is ever written to the log', () => {
  const { talkKey, children, lines } = open()
  talkKey.apply(chosen({}), true)
  children[0]?.say({ kind: 'listening' })
  for (const isDown of [true, false]) children[0]?.say({ kind: 'key', isDown })
  talkKey.dispose()
  expect(lines.join('\n')).not.toMatch(/F9|67|down/i)
})

test.each([
  ['win32', {}, true],
  ['darwin', {}, true],
  ['linux', { DISPLAY: ':0' }, true],
  ['linux', { DISPLAY: ':0', WAYLAND_DISPLAY: 'wayland-0' }, false],
  ['linux', { DISPLAY: ':0', XDG_SESSION_TYPE: 'wayland' }, false],
  ['linux', {}, false],
  ['freebsd', { DISPLAY: ':0' }, false],
] as const)('%s with %j can hear keys of others: %s', (platform, environment, can) => {
  expect(canHearKeys(platform, environment)).toBe(can)
})
