import { beforeEach, expect, test } from 'vitest'
import { defaultSettings } from '../../shared/settings/settings.ts'
import { type CallPresence, createCallPresence } from '../call/callPresence.ts'
import { openShortcuts, type Shortcuts } from './openShortcuts.ts'

let call: CallPresence
let shortcuts: Shortcuts
/** What was asked, in order: of the combinations `call` or `outside`, and `recording`; and whether the key to talk is listened to. */
let asked: string[]

beforeEach(() => {
  call = createCallPresence()
  asked = []
  shortcuts = openShortcuts({
    call,
    combinations: {
      apply: (_chosen, { isInCall, isRecording }) =>
        asked.push(`${isInCall ? 'call' : 'outside'}${isRecording ? ' recording' : ''}`),
      states: () => ({ mute: 'unset', camera: 'unset', leave: 'unset', show: 'unset' }),
      dispose: () => asked.push('combinations end'),
    },
    talkKey: {
      apply: (_chosen, isListening) => asked.push(isListening ? 'listens' : 'rests'),
      state: () => 'off',
      dispose: () => asked.push('talk key ends'),
    },
    areAssigned: true,
  })
})

test('nothing is asked of the system before the first choice', () => {
  call.handle(true)
  shortcuts.setRecording(true)
  expect(asked).toEqual([])
})

test('keys follow the call, and rest while a combination is being recorded', () => {
  shortcuts.choose(defaultSettings.shortcuts)
  call.handle(true)
  shortcuts.setRecording(true)
  shortcuts.setRecording(false)
  call.handle(false)
  expect(asked).toEqual([
    'outside',
    'rests',
    'call',
    'listens',
    'call recording',
    'rests',
    'call',
    'listens',
    'outside',
    'rests',
  ])
})

test('a choice during a call is one for the call', () => {
  call.handle(true)
  shortcuts.choose(defaultSettings.shortcuts)
  expect(asked).toEqual(['call', 'listens'])
})

test('after the end the call is not followed', () => {
  shortcuts.choose(defaultSettings.shortcuts)
  shortcuts.dispose()
  asked.length = 0
  call.handle(true)
  expect(asked).toEqual([])
})

test('whether the desktop assigns the keys itself is told with how they do', () => {
  expect(shortcuts.states()).toEqual({
    actions: { mute: 'unset', camera: 'unset', leave: 'unset', show: 'unset' },
    areAssigned: true,
    talk: 'off',
  })
})
