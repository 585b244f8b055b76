import { expect, test } from 'vitest'
import { type FlowWatch, handleHeard, handleReading, isDoubtful, startFlowWatch } from './flowWatch.ts'

/** Looks every half second, as the meter does. `bytesAt` says what has arrived by then; `pulses` when a pulse comes. */
function watchFor(
  durationMs: number,
  bytesAt: (atMs: number) => number,
  pulses: (atMs: number) => boolean = () => false,
): { readonly stalledAtMs: number | null; readonly readings: number; readonly watch: FlowWatch } {
  let watch = startFlowWatch(0)
  let stalledAtMs: number | null = null
  let readings = 0
  for (let atMs = 500; atMs <= durationMs; atMs += 500) {
    if (pulses(atMs)) watch = handleHeard(watch, atMs)
    if (isDoubtful(watch, atMs)) {
      readings += 1
      watch = handleReading(watch, atMs, bytesAt(atMs))
    }
    if (watch.isStalled) stalledAtMs ??= atMs
  }
  return { stalledAtMs, readings, watch }
}

test('Ada’s path is cut: Ben notices after two seconds', () => {
  expect(watchFor(10_000, () => 700).stalledAtMs).toBe(2_000)
})

test('while pulses come nothing is counted, and nobody is missed though no media flows', () => {
  const { stalledAtMs, readings } = watchFor(
    60_000,
    () => 700,
    (atMs) => atMs % 1_000 === 0,
  )
  expect(stalledAtMs).toBeNull()
  expect(readings).toBe(0)
})

test('packets that arrive while the page is too busy for pulses keep the path alive', () => {
  expect(watchFor(60_000, (atMs) => atMs).stalledAtMs).toBeNull()
})

test('a single byte, or a pulse, ends the silence', () => {
  const { watch } = watchFor(5_000, () => 700)
  expect(watch.isStalled).toBe(true)
  expect(handleReading(watch, 5_500, 701).isStalled).toBe(false)
  expect(handleHeard(watch, 5_500).isStalled).toBe(false)
})

test('a page that has slept looks twice before it believes that nothing comes', () => {
  const asleep = startFlowWatch(0)
  const first = handleReading(asleep, 60_000, 700)
  expect(first.isStalled).toBe(false)
  expect(handleReading(first, 60_500, 900).isStalled).toBe(false)
  expect(handleReading(first, 60_500, 700).isStalled).toBe(true)
})
