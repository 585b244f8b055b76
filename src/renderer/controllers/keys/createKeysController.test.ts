import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { createLiveSnapshot, createPersonSnapshot } from '../../../../test/support/people.ts'
import type { ShortcutStates } from '../../../shared/ipc/settingsPanel.ts'
import { defaultSettings } from '../../../shared/settings/settings.ts'
import type { ChosenShortcuts, GlobalAction } from '../../../shared/shortcuts/shortcutActions.ts'
import type { CallSnapshot } from '../../core/call/callSnapshot.ts'
import type { LocalMediaSnapshot } from '../../core/ports/localMedia.ts'
import type { KeyPlace, SystemKeysPort, WindowKeysPort } from '../../core/ports/keys.ts'
import type { WindowSpaceSnapshot } from '../windowSpace/createWindowSpace.ts'
import type { PersonChoicesSnapshot } from '../contracts.ts'
import { createKeysController, type KeysController } from './createKeysController.ts'

const live = createLiveSnapshot()
const { room } = live
const free: ShortcutStates = {
  actions: { mute: 'unset', camera: 'unset', leave: 'unset', show: 'unset' },
  areAssigned: false,
  talk: 'off',
}

const call = createStore<CallSnapshot>(() => live)
const media = createStore<LocalMediaSnapshot>(() => ({
  camera: { kind: 'off' },
  microphone: { kind: 'on', deviceId: 'm', label: '' },
  isMuted: true,
  devices: { cameras: [], microphones: [], speakers: [] },
  chosen: { cameraId: null, microphoneId: null, speakerId: null },
}))
const choices = createStore<PersonChoicesSnapshot>(() => ({ choices: {}, isDeafened: false, shutOut: null }))
const space = createStore<WindowSpaceSnapshot>(() => ({
  isCompact: false,
  isOnTop: false,
  isFullScreen: false,
}))
let chosen: ChosenShortcuts
let said: string[]
let recordings: boolean[]
let keys: KeysController
let handlers: Parameters<WindowKeysPort['watch']>[0]
let tellStates: (states: ShortcutStates) => void
let pressEverywhere: (action: GlobalAction) => void
let holdEverywhere: (isDown: boolean) => void
let detach: () => void

beforeEach(() => {
  chosen = defaultSettings.shortcuts
  said = []
  recordings = []
  call.setState(live, true)
  choices.setState({ isDeafened: false })
  media.setState({ isMuted: true, camera: { kind: 'off' } })
  const systemKeys: SystemKeysPort = {
    watchStates(listener) {
      tellStates = listener
      return () => undefined
    },
    watchPresses(listener) {
      pressEverywhere = listener
      return () => undefined
    },
    watchTalkKey(listener) {
      holdEverywhere = listener
      return () => undefined
    },
    setRecording: (isRecording) => recordings.push(isRecording),
  }
  keys = createKeysController({
    windowKeys: {
      watch(given) {
        handlers = given
        return () => undefined
      },
    },
    systemKeys,
    platform: 'linux',
    chosen: () => chosen,
    openSettings: () => said.push('settings'),
    windowSpace: {
      store: space,
      toggleFullScreen() {
        said.push('full screen')
        return Promise.resolve()
      },
      setCompact(isCompact) {
        said.push(isCompact ? 'small' : 'large')
        space.setState({ isCompact })
        return Promise.resolve()
      },
    },
  })
  detach = keys.attachCall({
    call: {
      store: call,
      setMuted(muted) {
        said.push(muted ? 'mute' : 'unmute')
        media.setState({ isMuted: muted })
        return Promise.resolve()
      },
      setCameraOn(on) {
        said.push(on ? 'camera on' : 'camera off')
        return Promise.resolve()
      },
      leave() {
        said.push('leave')
        return Promise.resolve()
      },
    },
    localMedia: { store: media },
    gestures: {
      toggleHand() {
        said.push('hand')
        return Promise.resolve()
      },
      openMenu: () => said.push('reactions'),
    },
    personChoices: {
      store: choices,
      setDeafened(isDeafened) {
        said.push(isDeafened ? 'deafened' : 'hears')
        choices.setState({ isDeafened })
      },
      shutOut: ({ displayName }) => said.push(`out ${displayName}`),
    },
  })
})

afterEach(() => {
  detach()
  keys.dispose()
})

const nowhere: KeyPlace = { isTyping: false, isDialogOpen: false, personId: null }
const plain = { ctrlKey: false, altKey: false, shiftKey: false, metaKey: false, isRepeat: false }
const press = (key: string, code = `Key${key.toUpperCase()}`, place = nowhere, more = {}) =>
  handlers.handleDown({ ...plain, key, code, ...more }, place)
const holdSpace = (place = nowhere) => press(' ', 'Space', place)

describe('the window’s keys', () => {
  test('M mutes and unmutes, V turns the camera, Ctrl+Shift+H leaves', () => {
    expect(press('m')).toBe(true)
    press('m')
    press('v')
    press('H', 'KeyH', nowhere, { ctrlKey: true, shiftKey: true })
    expect(said).toEqual(['unmute', 'mute', 'camera on', 'leave'])
  })

  test('H moves the hand and R opens the reactions, in a call alone', () => {
    press('h')
    press('r')
    call.setState({ kind: 'idle' }, true)
    expect([press('h'), press('r')]).toEqual([false, false])
    expect(said).toEqual(['hand', 'reactions'])
  })

  test('D hears nobody, and everybody again', () => {
    press('d')
    press('d')
    expect(said).toEqual(['deafened', 'hears'])
  })

  test('F has the whole screen, S makes the window small and large again', () => {
    press('f')
    press('s')
    press('s')
    expect(said).toEqual(['full screen', 'small', 'large'])
  })

  test('X shuts out whoever’s tile has the focus, and nobody else: not oneself, nor without a tile', () => {
    call.setState(createLiveSnapshot({ others: [createPersonSnapshot('Ben')] }), true)
    expect(press('x')).toBe(false)
    expect(press('x', 'KeyX', { ...nowhere, personId: live.self.userId })).toBe(false)
    expect(press('x', 'KeyX', { ...nowhere, personId: 'user-Ben' })).toBe(true)
    expect(said).toEqual(['out Ben'])
  })

  test('a key that is held does not mute over and over', () => {
    press('m')
    press('m', 'KeyM', nowhere, { isRepeat: true })
    expect(said).toEqual(['unmute'])
  })

  test('without a call M is nobody’s, ? and Ctrl+, are', () => {
    call.setState({ kind: 'idle' }, true)
    expect(press('m')).toBe(false)
    expect(press(',', 'Comma', nowhere, { ctrlKey: true })).toBe(true)
    expect(press('?', 'Slash', nowhere, { shiftKey: true })).toBe(true)
    expect(said).toEqual(['settings'])
    expect(keys.store.getState().isCheatSheetOpen).toBe(true)
  })

  test('in a room without video the camera stays off', () => {
    call.setState({ ...live, room: { ...room, settings: { ...room.settings, allowVideo: false } } }, true)
    press('v')
    pressEverywhere('camera')
    expect(said).toEqual([])
  })
})

describe('keys of the system', () => {
  test('do what they are for during a call, and nothing after it', () => {
    pressEverywhere('mute')
    pressEverywhere('leave')
    detach()
    pressEverywhere('mute')
    expect(said).toEqual(['unmute', 'leave'])
  })

  test('the main process knows whether a combination is being recorded, and of a new page that none is', () => {
    keys.setRecording(true)
    keys.setRecording(false)
    expect(recordings).toEqual([false, true, false])
  })

  test('while a combination is recorded no key acts', () => {
    keys.setRecording(true)
    expect(press('m')).toBe(false)
    expect(said).toEqual([])
  })
})

describe('the key to talk', () => {
  beforeEach(() => {
    chosen = { ...chosen, talkMode: 'pushToTalk' }
  })

  test('is heard while it is held', () => {
    expect(holdSpace()).toBe(true)
    expect(press(' ', 'Space', nowhere, { isRepeat: true })).toBe(true)
    expect(said).toEqual(['unmute'])
    expect(handlers.handleUp('Space')).toBe(true)
    expect(said).toEqual(['unmute', 'mute'])
  })

  test('types where text goes, and rests under a dialog', () => {
    expect(holdSpace({ ...nowhere, isTyping: true })).toBe(false)
    expect(holdSpace({ ...nowhere, isDialogOpen: true })).toBe(false)
    expect(said).toEqual([])
  })

  test('a window that loses the focus lets go of it', () => {
    holdSpace()
    handlers.handleFocusLost()
    expect(said).toEqual(['unmute', 'mute'])
    expect(handlers.handleUp('Space')).toBe(false)
  })

  test('lets go of what was held, also when another key has been chosen meanwhile', () => {
    holdSpace()
    chosen = { ...chosen, talkKey: 'F9', talkMode: 'off' }
    handlers.handleUp('Space')
    expect(said).toEqual(['unmute', 'mute'])
  })

  test('a modifier as the key comes with its own flag', () => {
    chosen = { ...chosen, talkKey: 'ControlRight' }
    expect(press('Control', 'ControlRight', nowhere, { ctrlKey: true })).toBe(true)
    expect(said).toEqual(['unmute'])
  })

  test('push-to-mute silences only while it is held', () => {
    chosen = { ...chosen, talkMode: 'pushToMute' }
    media.setState({ isMuted: false })
    holdSpace()
    handlers.handleUp('Space')
    expect(said).toEqual(['mute', 'unmute'])
  })

  test('heard from outside it counts once, and the window’s focus does not matter', () => {
    chosen = { ...chosen, talkKey: 'F9', talkEverywhere: true }
    tellStates({ ...free, talk: 'on' })
    holdEverywhere(true)
    expect(press('F9', 'F9')).toBe(false)
    handlers.handleFocusLost()
    expect(said).toEqual(['unmute'])
    holdEverywhere(false)
    expect(said).toEqual(['unmute', 'mute'])
  })

  test('outside a call it does nothing', () => {
    call.setState({ kind: 'idle' }, true)
    expect(holdSpace()).toBe(false)
    holdEverywhere(true)
    expect(said).toEqual([])
  })
})
