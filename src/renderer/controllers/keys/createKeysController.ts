import type { WindowSpace } from '../windowSpace/createWindowSpace.ts'
import { createStore } from 'zustand/vanilla'
import type { ShortcutStates } from '../../../shared/ipc/settingsPanel.ts'
import type { ChosenShortcuts, WindowAction } from '../../../shared/shortcuts/shortcutActions.ts'
import type { Platform } from '../../core/ports/desktop.ts'
import type { SystemKeysPort, WindowKeysPort } from '../../core/ports/keys.ts'
import { selectWindowAction } from '../../core/shortcuts/selectWindowAction.ts'
import { type TalkEvent, type TalkState, transitionTalk } from '../../core/shortcuts/talk.ts'
import { isMicrophoneHeard } from '../../core/media/selectOutgoing.ts'
import type {
  CallController,
  GesturesController,
  LocalMediaController,
  PersonChoicesController,
  PersonInRoom,
  ReadableStore,
} from '../contracts.ts'

/** What keys show of themselves. Serialisable. */
export interface KeysSnapshot {
  readonly states: ShortcutStates
  readonly isCheatSheetOpen: boolean
}

/** A call that keys may act on. */
export interface KeyedCall {
  readonly call: Pick<CallController, 'store' | 'setMuted' | 'setCameraOn' | 'leave'>
  readonly localMedia: Pick<LocalMediaController, 'store'>
  readonly gestures: Pick<GesturesController, 'toggleHand' | 'openMenu'>
  readonly personChoices: Pick<PersonChoicesController, 'store' | 'setDeafened' | 'shutOut'>
}

/** All keys: the window's, those of the system, and the one that is held to talk. */
export interface KeysController {
  readonly store: ReadableStore<KeysSnapshot>
  /** From now on keys act on this call; the answer ends it. */
  attachCall(call: KeyedCall): () => void
  /** A combination is being recorded: none acts meanwhile. */
  setRecording(isRecording: boolean): void
  setCheatSheetOpen(isOpen: boolean): void
  dispose(): void
}

const nothingHeld: ShortcutStates = {
  actions: { mute: 'unset', camera: 'unset', leave: 'unset', show: 'unset' },
  areAssigned: false,
  talk: 'off',
}

export function createKeysController(deps: {
  readonly windowKeys: WindowKeysPort
  readonly systemKeys: SystemKeysPort
  readonly platform: Platform
  readonly chosen: () => ChosenShortcuts | null
  readonly openSettings: () => void
  readonly windowSpace: Pick<WindowSpace, 'store' | 'toggleFullScreen' | 'setCompact'>
}): KeysController {
  const { windowKeys, systemKeys, platform } = deps
  const store = createStore<KeysSnapshot>(() => ({ states: nothingHeld, isCheatSheetOpen: false }))
  let current: KeyedCall | null = null
  let talk: TalkState = { kind: 'released' }
  /** The window's key that is held to talk, whatever is chosen meanwhile. */
  let heldCode: string | null = null
  let isRecording = false

  const live = () => {
    const snapshot = current?.call.store.getState()
    return snapshot?.kind === 'live' ? snapshot : null
  }
  const isMuted = () => current === null || !isMicrophoneHeard(current.localMedia.store.getState())

  function stepTalk(event: TalkEvent): void {
    const step = transitionTalk(talk, event)
    talk = step.state
    if (step.setMuted !== null && live() !== null) void current?.call.setMuted(step.setMuted)
  }

  /** Somebody else in the room, by their tile. */
  function selectPerson(userId: string | null): PersonInRoom | null {
    return live()?.others.find((person) => person.userId === userId) ?? null
  }

  function run(action: WindowAction | 'show', personId: string | null = null): void {
    const snapshot = live()
    switch (action) {
      case 'mute':
        if (snapshot !== null) void current?.call.setMuted(!isMuted())
        return
      case 'camera': {
        const camera = current?.localMedia.store.getState().camera.kind
        const isOn = camera === 'on' || camera === 'starting'
        if (snapshot?.room.settings.allowVideo === true) void current?.call.setCameraOn(!isOn)
        return
      }
      case 'hand':
        if (snapshot !== null) void current?.gestures.toggleHand()
        return
      case 'reactions':
        if (snapshot !== null) current?.gestures.openMenu()
        return
      case 'deafen': {
        const choices = current?.personChoices
        if (snapshot !== null) choices?.setDeafened(!choices.store.getState().isDeafened)
        return
      }
      case 'shutOut': {
        const person = selectPerson(personId)
        if (person !== null) current?.personChoices.shutOut(person)
        return
      }
      case 'fullScreen':
        return void deps.windowSpace.toggleFullScreen()
      case 'compact':
        return void deps.windowSpace.setCompact(!deps.windowSpace.store.getState().isCompact)
      case 'leave':
        if (snapshot !== null) void current?.call.leave()
        return
      case 'settings':
        return deps.openSettings()
      case 'cheatSheet':
        return store.setState({ isCheatSheetOpen: true })
      case 'show':
        // The window comes to the front by the main process.
        return
    }
  }

  /** By the listening process where that runs, or the key would count twice. */
  const isTalkKeyOurs = () => store.getState().states.talk !== 'on'

  const ends = [
    systemKeys.watchStates((states) => store.setState({ states })),
    systemKeys.watchPresses((action) => run(action)),
    systemKeys.watchTalkKey((isDown) => {
      const mode = deps.chosen()?.talkMode ?? 'off'
      stepTalk(isDown && live() !== null ? { kind: 'down', mode, isMuted: isMuted() } : { kind: 'up' })
    }),
    windowKeys.watch({
      handleDown(press, place) {
        const chosen = deps.chosen()
        if (chosen === null || isRecording) return false
        const isInRoom = live() !== null
        const isTalkKey = press.code === chosen.talkKey && chosen.talkMode !== 'off' && isTalkKeyOurs()
        if (isTalkKey && isInRoom && !place.isTyping && !place.isDialogOpen && isAlone(press)) {
          heldCode = press.code
          stepTalk({ kind: 'down', mode: chosen.talkMode, isMuted: isMuted() })
          return true
        }
        if (press.isRepeat) return false
        const { singleKeys } = chosen
        const action = selectWindowAction(press, { platform, singleKeys, isInRoom, ...place })
        if (action === null) return false
        // It is about the person whose tile is meant, and nothing without one.
        if (action === 'shutOut' && selectPerson(place.personId) === null) return false
        run(action, place.personId)
        return true
      },
      handleUp(code) {
        if (code !== heldCode) return false
        heldCode = null
        stepTalk({ kind: 'up' })
        return true
      },
      handleFocusLost() {
        if (heldCode === null) return
        heldCode = null
        stepTalk({ kind: 'up' })
      },
    }),
  ]
  // A page that was loaded anew records nothing, whatever the one before had said.
  systemKeys.setRecording(false)

  return {
    store,
    attachCall(call) {
      current = call
      const unsubscribe = call.call.store.subscribe(() => {
        if (live() === null) talk = { kind: 'released' }
      })
      return () => {
        unsubscribe()
        if (current !== call) return
        current = null
        talk = { kind: 'released' }
      }
    },
    setRecording(next) {
      isRecording = next
      systemKeys.setRecording(next)
    },
    setCheatSheetOpen: (isCheatSheetOpen) => store.setState({ isCheatSheetOpen }),
    dispose() {
      for (const end of ends) end()
    },
  }
}

/** A key to talk that is itself a modifier comes with its own flag set. */
function isAlone(press: {
  readonly code: string
  readonly ctrlKey: boolean
  readonly altKey: boolean
  readonly metaKey: boolean
}): boolean {
  if (/^(Control|Alt|Shift|Meta)/.test(press.code)) return true
  return !press.ctrlKey && !press.altKey && !press.metaKey
}
