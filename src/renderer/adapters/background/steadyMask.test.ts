import { expect, test } from 'vitest'
import { steadyMask } from './steadyMask.ts'

test('what is surely room is left out, what is surely the person is in, and edges are soft', () => {
  const alpha = new Float32Array([0, 1, 0.5])
  const pixels = new Uint8ClampedArray(12)
  for (let count = 0; count < 20; count += 1) steadyMask(new Float32Array([0.1, 0.9, 0.5]), alpha, pixels)
  expect(pixels[3]).toBe(0)
  expect(pixels[7]).toBe(255)
  expect(pixels[11]).toBe(128)
})

test('a mask that jumps is followed within three pictures, not at once', () => {
  const alpha = new Float32Array([0])
  const pixels = new Uint8ClampedArray(4)
  const seen = [1, 2, 3].map(() => {
    steadyMask(new Float32Array([1]), alpha, pixels)
    return pixels[3] ?? 0
  })
  expect(seen[0]).toBeLessThan(200)
  expect(seen[2]).toBeGreaterThan(230)
})
