import { expect, test } from 'vitest'
import { err, ok } from '../../../shared/result.ts'
import type { BackgroundPicturePort } from '../../core/ports/effects.ts'
import { createBackgroundPictureController } from './createBackgroundPictureController.ts'

const photo = { size: 3_000_000, arrayBuffer: () => Promise.resolve(new ArrayBuffer(8)) }

function open(port: Partial<BackgroundPicturePort> = {}) {
  const asked: string[] = []
  const controller = createBackgroundPictureController({
    port: {
      load: () => {
        asked.push('load')
        return Promise.resolve({ url: 'blob:kept' })
      },
      keep: () => {
        asked.push('keep')
        return Promise.resolve(ok({ url: 'blob:new' }))
      },
      remove: () => Promise.resolve(true),
      ...port,
    },
  })
  return { asked, controller, state: () => controller.store.getState() }
}

test('what is kept is read once, and only when somebody looks', async () => {
  const { asked, controller, state } = open()
  expect(asked).toEqual([])
  await Promise.all([controller.read(), controller.read()])
  expect(asked).toEqual(['load'])
  expect(state().picture).toEqual({ kind: 'kept', url: 'blob:kept' })
})

test('a file that is chosen while what was kept is still being read stays', async () => {
  let answer: (kept: null) => void = () => undefined
  const { controller, state } = open({ load: () => new Promise((resolve) => (answer = resolve)) })
  const reading = controller.read()
  expect(await controller.choose(photo)).toBe(true)
  answer(null)
  await reading
  expect(state().picture).toEqual({ kind: 'kept', url: 'blob:new' })
})

test('a file that is too large is not even read', async () => {
  const { asked, controller, state } = open()
  const chosen = await controller.choose({
    size: 10_000_001,
    arrayBuffer: () => Promise.reject(new Error('It was read.')),
  })
  expect(chosen).toBe(false)
  expect(asked).toEqual([])
  expect(state().failure).toBe('tooLarge')
})

test('what is not taken leaves the one before as it was, and the next one takes its reason away', async () => {
  let isBroken = true
  const { controller, state } = open({
    keep: () => Promise.resolve(isBroken ? err({ kind: 'notAPicture' }) : ok({ url: 'blob:new' })),
  })
  await controller.read()
  await controller.choose(photo)
  expect(state()).toEqual({
    picture: { kind: 'kept', url: 'blob:kept' },
    isBusy: false,
    failure: 'notAPicture',
  })
  isBroken = false
  await controller.choose(photo)
  expect(state()).toEqual({ picture: { kind: 'kept', url: 'blob:new' }, isBusy: false, failure: null })
})

test('a file that goes away while it is read is said to be unreadable', async () => {
  const { controller, state } = open()
  await controller.choose({ size: 1, arrayBuffer: () => Promise.reject(new Error('gone')) })
  expect(state()).toMatchObject({ isBusy: false, failure: 'unreadable' })
})

test('removing it leaves none; where that fails it is still there', async () => {
  let canRemove = false
  const { controller, state } = open({ remove: () => Promise.resolve(canRemove) })
  await controller.read()
  expect(await controller.remove()).toBe(false)
  expect(state()).toMatchObject({ picture: { kind: 'kept' }, failure: 'notRemoved' })
  canRemove = true
  expect(await controller.remove()).toBe(true)
  expect(state()).toMatchObject({ picture: { kind: 'none' }, failure: null })
})
