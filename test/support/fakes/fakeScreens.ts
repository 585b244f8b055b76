import type {
  CapturedScreen,
  ScreenCapturePort,
  ScreenFailure,
  ScreenSourcesPort,
  SharedSound,
} from '../../../src/renderer/core/ports/screenShare.ts'
import type { ShareChoice, ShareSource, SharingMeans } from '../../../src/shared/ipc/screenShare.ts'
import { err, ok } from '../../../src/shared/result.ts'

/** A screen that a test captured. */
export interface FakeScreen extends CapturedScreen {
  isOpen: boolean
  /** As when its window is closed, or the system's own bar ends it. */
  end(): void
}

/** Screens without a display. */
export interface FakeScreens extends ScreenCapturePort, ScreenSourcesPort {
  /** What the app's own process says. Null: it is silent. */
  means: () => Promise<SharingMeans | null>
  sources: readonly ShareSource[] | null
  failure: ScreenFailure | null
  sound: SharedSound
  readonly opened: FakeScreen[]
  readonly wishes: Parameters<ScreenCapturePort['open']>[0][]
  readonly chosen: ShareChoice[]
  published: CapturedScreen | null
  listings: number
  settingsOpened: number
  /** From now on opening waits; the answer lets what waits go on. */
  hold(): () => void
}

export const libraryScreen: ShareSource = {
  id: 'screen:0:0',
  kind: 'screen',
  name: 'Entire screen',
  thumbnail: '',
  appIcon: '',
}

export const ownPicker: SharingMeans = { picker: 'inApp', permission: 'granted', offersSound: true }

export function createFakeScreens(): FakeScreens {
  let gate: Promise<void> = Promise.resolve()
  const fake: FakeScreens = {
    means: () => Promise.resolve(ownPicker),
    sources: [libraryScreen],
    failure: null,
    sound: 'none',
    opened: [],
    wishes: [],
    chosen: [],
    published: null,
    listings: 0,
    settingsOpened: 0,
    list() {
      fake.listings += 1
      return Promise.resolve(fake.sources)
    },
    choose(choice) {
      fake.chosen.push(choice)
      return Promise.resolve(fake.sources?.some(({ id }) => id === choice.sourceId) ?? true)
    },
    openPermissions() {
      fake.settingsOpened += 1
      return Promise.resolve(true)
    },
    async open(wish) {
      fake.wishes.push(wish)
      await gate
      if (fake.failure !== null) return err(fake.failure)
      const screen = createFakeScreen(fake.sound)
      fake.opened.push(screen)
      return ok(screen)
    },
    publish(screen) {
      fake.published = screen
    },
    hold() {
      let release = (): void => undefined
      gate = new Promise((resolve) => {
        release = resolve
      })
      return () => release()
    },
  }
  return fake
}

function createFakeScreen(sound: SharedSound): FakeScreen {
  let handleEnded: (() => void) | null = null
  return {
    sound,
    isOpen: true,
    onEnded(listener) {
      handleEnded = listener
    },
    close() {
      this.isOpen = false
      handleEnded = null
    },
    end() {
      this.isOpen = false
      handleEnded?.()
    },
  }
}
