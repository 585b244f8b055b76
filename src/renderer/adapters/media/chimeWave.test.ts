import { expect, test } from 'vitest'
import { createChimeWave } from './chimeWave.ts'

const samples = (): Int16Array => new Int16Array(createChimeWave().buffer, 44)

test('the chime is a WAV file of one second', () => {
  const file = createChimeWave()
  expect(new TextDecoder('latin1').decode(file.slice(0, 16))).toMatch(/^RIFF.{4}WAVEfmt $/s)
  expect(samples()).toHaveLength(24_000)
})

test('it begins and ends in silence, is heard between, and never clips', () => {
  const wave = samples()
  const peak = wave.reduce((loudest, sample) => Math.max(loudest, Math.abs(sample)), 0)
  expect(Math.abs(wave[0] ?? 1)).toBeLessThan(100)
  expect(Math.abs(wave.at(-1) ?? 1)).toBeLessThan(100)
  expect(peak).toBeGreaterThan(4_000)
  expect(peak).toBeLessThan(32_000)
})
