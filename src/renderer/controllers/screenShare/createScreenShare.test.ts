import { expect, test } from 'vitest'
import { createFakeClock } from '../../../../test/support/fakes/fakeClock.ts'
import { createFakeScreens, libraryScreen, ownPicker } from '../../../../test/support/fakes/fakeScreens.ts'
import type { ScreenShareWish } from '../contracts.ts'
import { createScreenShare } from './createScreenShare.ts'

const wish: ScreenShareWish = { sourceId: 'screen:0:0', content: 'text', withSound: false }

function createScene() {
  const screens = createFakeScreens()
  const clock = createFakeClock()
  const share = createScreenShare({ capture: screens, sources: screens, clock })
  return {
    screens,
    clock,
    share,
    state: () => share.store.getState().share,
    picker: () => share.store.getState().picker,
    openPicker: async (): Promise<void> => {
      share.openPicker()
      await clock.advanceAsync(0)
    },
  }
}

test('what was chosen is shared until it is stopped', async () => {
  const { screens, share, state, openPicker, picker } = createScene()
  await openPicker()
  await share.start({ ...wish, content: 'motion' })
  expect(picker()).toEqual({ kind: 'closed' })
  expect(screens.chosen).toEqual([{ sourceId: 'screen:0:0', withSound: false }])
  expect(screens.wishes).toEqual([{ content: 'motion', withSound: false }])
  expect(state()).toEqual({ kind: 'on', name: 'Entire screen', content: 'motion', sound: 'none' })
  expect(screens.published).toBe(screens.opened[0])
  share.stop()
  expect(state()).toEqual({ kind: 'off' })
  expect(screens.published).toBeNull()
  expect(screens.opened[0]?.isOpen).toBe(false)
})

test('what the room does not allow any more ends, and is said', async () => {
  const { screens, share, state, openPicker, picker } = createScene()
  await share.start(wish)
  await openPicker()
  share.bar()
  expect(state()).toEqual({ kind: 'failed', reason: 'barred' })
  expect(picker()).toEqual({ kind: 'closed' })
  expect(screens.published).toBeNull()
  expect(screens.opened[0]?.isOpen).toBe(false)
})

test('whoever shares nothing is told nothing of it', () => {
  const { share, state } = createScene()
  share.bar()
  expect(state()).toEqual({ kind: 'off' })
})

test('barred while it starts, nothing of it is ever sent', async () => {
  const { screens, share, state } = createScene()
  const release = screens.hold()
  const started = share.start(wish)
  await Promise.resolve()
  share.bar()
  release()
  await started
  expect(state()).toEqual({ kind: 'failed', reason: 'barred' })
  expect(screens.published).toBeNull()
})

test('what the system ends is over here as well', async () => {
  const { screens, share, state } = createScene()
  await share.start(wish)
  screens.opened[0]?.end()
  expect(state()).toEqual({ kind: 'off' })
  expect(screens.published).toBeNull()
})

test('stopped while it starts, nothing of it is ever sent', async () => {
  const { screens, share, state } = createScene()
  const release = screens.hold()
  const started = share.start(wish)
  expect(state()).toEqual({ kind: 'starting' })
  await Promise.resolve()
  share.stop()
  release()
  await started
  expect(state()).toEqual({ kind: 'off' })
  expect(screens.published).toBeNull()
  expect(screens.opened[0]?.isOpen).toBe(false)
})

test('another choice takes the place of the first, which is closed', async () => {
  const { screens, share, state } = createScene()
  await share.start(wish)
  await share.start({ ...wish, content: 'motion' })
  expect(screens.opened.map(({ isOpen }) => isOpen)).toEqual([false, true])
  expect(state()).toMatchObject({ kind: 'on', content: 'motion' })
})

test.each([
  ['cancelled', { kind: 'off' }],
  ['denied', { kind: 'failed', reason: 'denied' }],
  ['failed', { kind: 'failed', reason: 'failed' }],
] as const)('%s leads to %j', async (failure, expected) => {
  const { screens, share, state } = createScene()
  screens.failure = failure
  await share.start(wish)
  expect(state()).toEqual(expected)
  share.dismissFailure()
  expect(state()).toEqual({ kind: 'off' })
})

test('what is not there any more is not asked for', async () => {
  const { screens, share, state } = createScene()
  await share.start({ ...wish, sourceId: 'window:9:0' })
  expect(state()).toEqual({ kind: 'failed', reason: 'unlisted' })
  expect(screens.wishes).toEqual([])
})

test('a sound that had the call in it is said to be left out, until that was read', async () => {
  const { screens, share, state } = createScene()
  screens.sound = 'refused'
  await share.start({ ...wish, withSound: true })
  expect(state()).toMatchObject({ kind: 'on', sound: 'refused' })
  share.dismissFailure()
  expect(state()).toMatchObject({ kind: 'on', sound: 'none' })
})

test('pictures are made anew while the picker is open, and not after', async () => {
  const { screens, clock, share, picker, openPicker } = createScene()
  await openPicker()
  expect(picker()).toEqual({ kind: 'listing', offersSound: true, sources: [libraryScreen] })
  await clock.advanceAsync(3_000)
  expect(screens.listings).toBe(3)
  share.closePicker()
  await clock.advanceAsync(5_000)
  expect(screens.listings).toBe(3)
  expect(clock.pendingCount()).toBe(0)
})

test.each(['systemPicker', 'portal'] as const)('with the %s nothing is listed', async (kind) => {
  const { screens, clock, picker, openPicker } = createScene()
  // The system's own picker needs no permission of the app's.
  screens.means = () => Promise.resolve({ ...ownPicker, picker: kind, permission: 'denied' })
  await openPicker()
  await clock.advanceAsync(5_000)
  expect(picker()).toEqual({ kind: 'asking', picker: kind, offersSound: true })
  expect(screens.listings).toBe(0)
})

test.each(['notAsked', 'denied'] as const)(
  '%s is said, and a permission that comes is noticed',
  async (permission) => {
    const { screens, clock, share, picker, openPicker } = createScene()
    screens.means = () => Promise.resolve({ ...ownPicker, permission })
    await openPicker()
    expect(picker()).toEqual({ kind: 'barred', permission })
    expect(screens.listings).toBe(0)
    share.openPermissions()
    expect(screens.settingsOpened).toBe(1)
    screens.means = () => Promise.resolve(ownPicker)
    await clock.advanceAsync(1_500)
    expect(picker().kind).toBe('listing')
  },
)

test('a silent process is told of where the button is', async () => {
  const { screens, state, picker, openPicker } = createScene()
  screens.means = () => Promise.resolve(null)
  await openPicker()
  expect(picker()).toEqual({ kind: 'closed' })
  expect(state()).toEqual({ kind: 'failed', reason: 'unanswered' })
})

test('its end releases everything', async () => {
  const { screens, clock, share, openPicker } = createScene()
  await share.start(wish)
  await openPicker()
  share.dispose()
  expect(screens.opened[0]?.isOpen).toBe(false)
  expect(clock.pendingCount()).toBe(0)
})
