import { expect, test } from 'vitest'
import { createFakeClock } from '../../../../test/support/fakes/fakeClock.ts'
import { paceTracking } from './paceTracking.ts'

function scene() {
  const clock = createFakeClock()
  let connection = 1
  const tracking = paceTracking(clock, () => connection)
  const calls: string[] = []
  return {
    clock,
    calls,
    want: (name: string) => tracking.want(() => calls.push(name)),
    reconnect: () => (connection += 1),
  }
}

test('the first four calls go out at once, of the others the last one, once it may', async () => {
  const { clock, calls, want } = scene()
  for (const name of ['1', '2', '3', '4', '5', '6', '7']) want(name)
  expect(calls).toEqual(['1', '2', '3', '4'])
  await clock.advanceAsync(30_999)
  expect(calls).toHaveLength(4)
  await clock.advanceAsync(1)
  expect(calls).toEqual(['1', '2', '3', '4', '7'])
  await clock.advanceAsync(120_000)
  expect(calls).toHaveLength(5)
  expect(clock.pendingCount()).toBe(0)
})

test('a wish that was taken back is not met, nor does it take back a later one', async () => {
  const { clock, calls, want } = scene()
  for (const name of ['1', '2', '3', '4']) want(name)
  const takeBack = want('5')
  want('6')
  takeBack()
  want('7')()
  await clock.advanceAsync(60_000)
  expect(calls).toEqual(['1', '2', '3', '4'])
  expect(clock.pendingCount()).toBe(0)
  want('8')
  takeBack()
  expect(calls).toEqual(['1', '2', '3', '4', '8'])
})

test('a new socket is told at once, in place of what waited for the old one', async () => {
  const { clock, calls, want, reconnect } = scene()
  for (const name of ['1', '2', '3', '4', '5']) want(name)
  reconnect()
  want('6')
  expect(calls).toEqual(['1', '2', '3', '4', '6'])
  await clock.advanceAsync(60_000)
  expect(calls).toHaveLength(5)
})
