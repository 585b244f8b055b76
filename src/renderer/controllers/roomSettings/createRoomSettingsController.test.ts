import { expect, test } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { createLiveSnapshot } from '../../../../test/support/people.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { CallSnapshot } from '../../core/call/callSnapshot.ts'
import type { RoomsFailure } from '../../core/ports/rooms.ts'
import { createRoomSettingsController } from './createRoomSettingsController.ts'

function openScene(answer: Result<void, RoomsFailure> = ok(undefined)) {
  const asked: string[] = []
  const call = createStore<CallSnapshot>(() => createLiveSnapshot())
  const note = (what: string) => {
    asked.push(what)
    return Promise.resolve(answer)
  }
  const settings = createRoomSettingsController({
    call: { store: call },
    port: {
      update: (roomId, changes) => note(`update ${roomId} ${JSON.stringify(changes)}`),
      setLocked: (roomId, isLocked) => note(`lock ${roomId} ${isLocked}`),
      close: (roomId) => note(`close ${roomId}`),
    },
  })
  return { asked, call, settings }
}

test('asks for what is to change, and for nothing else', async () => {
  const { asked, settings } = openScene()
  expect(await settings.save({ update: { name: 'Attic' }, isLocked: true })).toBe(true)
  expect(await settings.save({ update: null, isLocked: null })).toBe(true)
  expect(asked).toEqual(['update library {"name":"Attic"}', 'lock library true'])
})

test('a refusal is said, and what would follow is left', async () => {
  const { asked, settings } = openScene(err({ kind: 'not_creator', message: '', retryAfterMs: null }))
  expect(await settings.save({ update: { name: 'Attic' }, isLocked: true })).toBe(false)
  expect(settings.store.getState()).toMatchObject({ isBusy: false, failure: { kind: 'not_creator' } })
  expect(asked).toHaveLength(1)
  settings.forgetFailure()
  expect(settings.store.getState().failure).toBeNull()
})

test('one thing at a time, and nothing outside a room', async () => {
  const { asked, settings, call } = openScene()
  const [first, second] = [settings.close(), settings.close()]
  expect([await first, await second]).toEqual([true, false])
  call.setState({ kind: 'idle' }, true)
  expect(await settings.close()).toBe(false)
  expect(asked).toEqual(['close library'])
})
