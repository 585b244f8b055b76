import { createStore } from 'zustand/vanilla'
import type { UseBackendOutcome } from '../../shared/backend/hostedOutcome.ts'
import type { Film } from '../../shared/ipc/recordings.ts'
import type { BackendChoiceSnapshot, ShortcutStates } from '../../shared/ipc/settingsPanel.ts'
import type { ServerStatusController } from '../controllers/serverStatus/createServerStatus.ts'
import type { KeysController, KeysSnapshot } from '../controllers/keys/createKeysController.ts'
import type { PanelPort } from '../core/ports/panel.ts'

/** Fixed answers for the settings. */

export interface FakePanelOptions {
  readonly choice?: BackendChoiceSnapshot
  readonly outcome?: UseBackendOutcome
  readonly states?: Partial<ShortcutStates['actions']>
  readonly areAssigned?: boolean
  readonly talk?: ShortcutStates['talk']
  readonly isCheatSheetOpen?: boolean
  readonly films?: readonly Film[]
}

const fakeFilms: readonly Film[] = [
  {
    name: '2026-11-27 09-05 Thesis hour.webm',
    begunAtMs: new Date(2026, 10, 27, 9, 5).getTime(),
    durationMs: null,
    bytes: 12_400_000,
    isBeingRecorded: true,
  },
  {
    name: '2026-11-26 18-00 Linear algebra, the second half of the exercises.webm',
    begunAtMs: new Date(2026, 10, 26, 18, 0).getTime(),
    durationMs: 5_405_000,
    bytes: 1_012_000_000,
    isBeingRecorded: false,
  },
  {
    name: '2026-11-20 20-30.webm',
    begunAtMs: new Date(2026, 10, 20, 20, 30).getTime(),
    durationMs: null,
    bytes: 300_000_000,
    isBeingRecorded: false,
  },
]

export function fakePanel({ choice, outcome, films }: FakePanelOptions): PanelPort {
  return {
    backendChoice: () => Promise.resolve(choice ?? { kind: 'embedded', url: null, isFixed: false }),
    turnToBackend: () => Promise.resolve(outcome ?? 'unreachable'),
    resetSettings: () => Promise.resolve(false),
    storage: () =>
      Promise.resolve({
        dataFolder: '/home/ada/.config/Studyhall',
        profileFolder: '/home/ada/.config/Studyhall/profiles/default',
        backendBytes: 58_400_000,
        profileBytes: 4_310_000,
        logBytes: 38_200,
        recordingsFolder: '/home/ada/Videos/Studyhall',
        recordingBytes: 1_324_000_000,
        recordingCount: 3,
      }),
    showFolder: () => Promise.resolve(false),
    films: () => Promise.resolve(films ?? fakeFilms),
    deleteFilm: () => Promise.resolve('failed'),
    showFilm: () => Promise.resolve(false),
    facts: () =>
      Promise.resolve({
        version: '0.1.0',
        electron: '45.4.1',
        chromium: '156.0.7801.12',
        node: '24.21.0',
        platform: 'linux',
        arch: 'x64',
        systemVersion: '6.12.9',
        isPackaged: true,
      }),
    licences: () => Promise.resolve({ own: 'MIT License', others: 'react 19.3.1 (MIT)' }),
    logTail: () => Promise.resolve([]),
  }
}

export function fakeKeys({ states, areAssigned, talk, isCheatSheetOpen }: FakePanelOptions): KeysController {
  const store = createStore<KeysSnapshot>(() => ({
    states: {
      actions: { mute: 'unset', camera: 'unset', leave: 'unset', show: 'unset', ...states },
      areAssigned: areAssigned ?? false,
      talk: talk ?? 'off',
    },
    isCheatSheetOpen: isCheatSheetOpen ?? false,
  }))
  return {
    store,
    attachCall: () => () => undefined,
    setRecording: () => undefined,
    setCheatSheetOpen: (isOpen) => store.setState({ isCheatSheetOpen: isOpen }),
    dispose: () => undefined,
  }
}

export function fakeServerStatus(): ServerStatusController {
  return {
    store: createStore(() => ({ mediaServer: 'works' as const, relay: 'notSetUp' as const })),
    check: () => Promise.resolve(),
  }
}
