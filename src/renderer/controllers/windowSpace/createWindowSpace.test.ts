import { beforeEach, expect, test } from 'vitest'
import type { WindowSpacePort } from '../../core/ports/windowSpace.ts'
import { createWindowSpace, type WindowSpace } from './createWindowSpace.ts'

let said: string[]
let answer: Awaited<ReturnType<WindowSpacePort['setCompact']>> | 'as asked'
/** The system does at once what it is asked for. */
let isPrompt: boolean
let tellFullScreen: (isFullScreen: boolean) => void
let space: WindowSpace

beforeEach(() => {
  said = []
  answer = 'as asked'
  isPrompt = true
  space = createWindowSpace({
    setCompact(isCompact) {
      said.push(isCompact ? 'small' : 'large')
      return Promise.resolve(answer === 'as asked' ? { isCompact, isOnTop: isCompact } : answer)
    },
    setFullScreen(isFullScreen) {
      said.push(isFullScreen ? 'full' : 'not full')
      if (isPrompt) tellFullScreen(isFullScreen)
      return Promise.resolve(isPrompt ? isFullScreen : false)
    },
    watchFullScreen(listener) {
      tellFullScreen = listener
      return () => undefined
    },
  })
})

test('the strip and the whole screen exclude each other', async () => {
  await space.toggleFullScreen()
  await space.setCompact(true)
  expect(space.store.getState()).toEqual({ isCompact: true, isOnTop: true, isFullScreen: false })
  await space.toggleFullScreen()
  expect(space.store.getState()).toEqual({ isCompact: false, isOnTop: false, isFullScreen: true })
  expect(said).toEqual(['full', 'not full', 'small', 'large', 'full'])
})

test('Escape ends the whole screen without anybody here', async () => {
  await space.toggleFullScreen()
  tellFullScreen(false)
  expect(space.store.getState().isFullScreen).toBe(false)
  await space.toggleFullScreen()
  expect(said).toEqual(['full', 'full'])
})

test('who presses twice quickly wants the window back, whatever the system has got to by then', async () => {
  isPrompt = false
  void space.toggleFullScreen()
  await Promise.resolve()
  await space.toggleFullScreen()
  expect(said).toEqual(['full', 'not full'])
})

test('where the system gives no whole screen, the next press asks again', async () => {
  isPrompt = false
  await space.toggleFullScreen()
  await space.toggleFullScreen()
  expect(said).toEqual(['full', 'full'])
})

test('a window that cannot be asked stays as it is', async () => {
  answer = null
  await space.setCompact(true)
  expect(space.store.getState().isCompact).toBe(false)
  answer = 'as asked'
  await space.setCompact(true)
  expect(space.store.getState().isCompact).toBe(true)
})

test('who leaves while the strip is still being made gets the window back', async () => {
  const made = space.setCompact(true)
  space.leave()
  await made
  await expect.poll(() => said).toEqual(['small', 'large'])
  expect(space.store.getState().isCompact).toBe(false)
})

test('a strip that is not wanted any more once the whole screen has ended is not made', async () => {
  await space.toggleFullScreen()
  const made = space.setCompact(true)
  space.leave()
  await made
  await expect.poll(() => said).toContain('large')
  expect(said).not.toContain('small')
})

test('the end of a call ends both, and says nothing where neither was', async () => {
  space.leave()
  expect(said).toEqual([])
  await space.setCompact(true)
  space.leave()
  await expect.poll(() => space.store.getState().isCompact).toBe(false)
})
