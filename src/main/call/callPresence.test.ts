import { expect, test } from 'vitest'
import { createCallPresence } from './callPresence.ts'

test('nobody is in a call until the page says so', () => {
  expect(createCallPresence().isInCall()).toBe(false)
})

test('whoever watches hears of changes, once each and after it is known', () => {
  const call = createCallPresence()
  const heard: (readonly [boolean, boolean])[] = []
  const unwatch = call.watch((isInCall) => heard.push([isInCall, call.isInCall()]))
  call.handle(false)
  call.handle(true)
  call.handle(true)
  call.handle(false)
  unwatch()
  call.handle(true)
  expect(heard).toEqual([
    [true, true],
    [false, false],
  ])
})
