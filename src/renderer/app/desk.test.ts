import { beforeEach, describe, expect, test } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { createFakeClock } from '../../../test/support/fakes/fakeClock.ts'
import { createFakeRecurringRooms } from '../../../test/support/fakes/fakeRecurringRooms.ts'
import { createRecurringRoom } from '../../../test/support/recurringRooms.ts'
import { defaultSettings } from '../../shared/settings/settings.ts'
import type { TrayCommand } from '../../shared/tray/trayView.ts'
import { createRecurringController } from '../controllers/recurring/createRecurringController.ts'
import type { CallController, LocalMediaController, TimerController } from '../controllers/contracts.ts'
import type { CallSnapshot } from '../core/call/callSnapshot.ts'
import { type ActiveCall, createActiveCallStore } from '../stores/activeCallStore.ts'
import { createNavigationStore } from '../stores/navigationStore.ts'
import { createRequestStore } from '../stores/requestStore.ts'
import type { SettingsStore } from '../stores/settingsStore.ts'
import { enterRoom } from './enterRoom.ts'
import { runTrayCommand } from './runTrayCommand.ts'

const thesis = createRecurringRoom('Thesis hour')
const law = createRecurringRoom('Law')

function openApp() {
  const port = createFakeRecurringRooms([thesis, law])
  const recurring = createRecurringController({
    port,
    toInvitation: (link) => link,
    clock: createFakeClock(),
    account: createStore(() => ({ kind: 'signedIn' })),
  })
  const activeCall = createActiveCallStore()
  const navigation = createNavigationStore()
  const requests = createRequestStore()
  const settings = {
    store: createStore(() => ({ settings: defaultSettings, notice: null })),
  } as unknown as SettingsStore
  const asked: string[] = []
  const call = createStore<CallSnapshot>(() => ({ kind: 'idle' }))
  const services = {
    activeCall,
    navigation,
    requests,
    settings,
    enterRoom: (target: Parameters<typeof enterRoom>[1]) => enterRoom({ activeCall, navigation }, target),
  }
  return {
    port,
    recurring,
    requests,
    navigation,
    asked,
    /** In a room; of that recurring one, if any. */
    beIn(recurringRoomId: string | null, roomId = 'a room') {
      call.setState({ kind: 'live', room: { id: roomId, recurringRoomId } } as CallSnapshot, true)
      activeCall.set({
        call: {
          store: call,
          setMuted: (muted: boolean) => Promise.resolve(void asked.push(`muted ${muted}`)),
          setCameraOn: (on: boolean) => Promise.resolve(void asked.push(`camera ${on}`)),
          leave: () => Promise.resolve(void asked.push('leave')),
          dismiss: () => asked.push('dismiss'),
        } as unknown as CallController,
        localMedia: {} as LocalMediaController,
        timer: {} as TimerController,
        recording: {} as ActiveCall['recording'],
      })
    },
    run: (command: TrayCommand) =>
      runTrayCommand(
        { services, recurring: () => recurring, openSettings: () => asked.push('settings') },
        command,
      ),
    enter: services.enterRoom,
  }
}

describe('what is chosen in the tray', () => {
  let app: ReturnType<typeof openApp>
  beforeEach(async () => {
    app = openApp()
    await app.recurring.refresh()
  })

  test('a recurring room is joined at once, muted and without a camera', async () => {
    await app.run({ kind: 'joinRecurring', recurringRoomId: thesis.id })
    expect(app.port.calls).toContain(`open ${thesis.id}`)
    expect(app.navigation.store.getState()).toMatchObject({
      kind: 'prejoin',
      target: { name: 'Thesis hour', quickJoin: { muted: true, cameraOff: true } },
    })
  })

  test('who is in another room leaves it first', async () => {
    app.beIn(law.id)
    await app.run({ kind: 'joinRecurring', recurringRoomId: thesis.id })
    expect(app.asked).toEqual(['leave'])
    expect(app.navigation.store.getState().kind).toBe('prejoin')
  })

  test('who is in it already stays as they are', async () => {
    app.beIn(thesis.id)
    await app.run({ kind: 'joinRecurring', recurringRoomId: thesis.id })
    expect(app.asked).toEqual([])
    expect(app.navigation.store.getState().kind).toBe('lobby')
  })

  test('what does not open is said, and nobody loses the room that they are in', async () => {
    app.beIn(law.id)
    app.port.failure = { kind: 'not_found', message: '', retryAfterMs: null }
    await app.run({ kind: 'joinRecurring', recurringRoomId: thesis.id })
    expect(app.requests.store.getState()).toMatchObject({ kind: 'notOpened', roomName: 'Thesis hour' })
    expect(app.asked).toEqual([])
  })

  test('a room that is not in the list any more is not asked for', async () => {
    await app.run({ kind: 'joinRecurring', recurringRoomId: '11111111-1111-4111-8111-111111111111' })
    expect(app.port.calls.filter((asked) => asked !== 'list')).toEqual([])
  })

  test.each([
    [{ kind: 'setMuted', muted: true }, 'muted true'],
    [{ kind: 'setCameraOn', on: false }, 'camera false'],
    [{ kind: 'leave' }, 'leave'],
    [{ kind: 'settings' }, 'settings'],
  ] as const)('%o', async (command, expected) => {
    app.beIn(null)
    await app.run(command)
    expect(app.asked).toEqual([expected])
  })

  test('muting without a call does nothing', async () => {
    await app.run({ kind: 'setMuted', muted: true })
    expect(app.asked).toEqual([])
  })

  test('a new room is asked about in the window', async () => {
    await app.run({ kind: 'newRoom' })
    expect(app.requests.store.getState()).toEqual({ kind: 'newRoom' })
  })
})

test('a link to the room that one is in changes nothing', async () => {
  const app = openApp()
  app.beIn(null, 'here')
  await app.enter({ roomId: 'here', name: 'Here', hasPassword: true })
  expect(app.asked).toEqual([])
  expect(app.navigation.store.getState().kind).toBe('lobby')
})
