import { beforeEach, expect, test } from 'vitest'
import { createFakeClock } from '../../../../test/support/fakes/fakeClock.ts'
import { createHold, REST_MS } from './createHold.ts'

let told: boolean[]
let scene: ReturnType<typeof openList>

function openList() {
  const clock = createFakeClock(0)
  told = []
  const hold = createHold({
    hold: (isHeld) => told.push(isHeld),
    schedule: (delayMs, action) => clock.schedule(delayMs, action),
  })
  return { clock, hold }
}

beforeEach(() => {
  scene = openList()
})

test('a pointer that moves holds the list', async () => {
  for (let moved = 0; moved < 5; moved++) {
    scene.hold.handlePointer(true)
    await scene.clock.advanceAsync(REST_MS - 1)
  }
  expect(told).not.toContain(false)
})

test('one that rests lets it settle once in a while, and holds it again at once', async () => {
  scene.hold.handlePointer(true)
  await scene.clock.advanceAsync(2 * REST_MS)
  expect(told).toEqual([true, false, true, false, true])
})

test('the focus holds it for as long as it is there, also beside a pointer that rests', async () => {
  scene.hold.handleFocus(true)
  scene.hold.handlePointer(true)
  await scene.clock.advanceAsync(3 * REST_MS)
  scene.hold.handlePointer(false)
  expect(told).not.toContain(false)
  scene.hold.handleFocus(false)
  expect(told.at(-1)).toBe(false)
})

test('a pointer that has left settles it once, and nothing goes on behind', async () => {
  scene.hold.handlePointer(true)
  scene.hold.handlePointer(false)
  await scene.clock.advanceAsync(2 * REST_MS)
  expect(told).toEqual([true, false])
  scene.hold.handlePointer(true)
  scene.hold.end()
  expect(told.at(-1)).toBe(false)
  expect(scene.clock.pendingCount()).toBe(0)
})
