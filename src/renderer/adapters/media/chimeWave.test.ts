import { expect, test } from 'vitest'
import { createChimeWave } from './chimeWave.ts'

const sounds = ['test', 'focus', 'break'] as const

const samplesOf = (sound: (typeof sounds)[number]): Int16Array =>
  new Int16Array(createChimeWave(sound).buffer, 44)

test.each(sounds)('the chime %s is a WAV file of one second', (sound) => {
  const file = createChimeWave(sound)
  expect(new TextDecoder('latin1').decode(file.slice(0, 16))).toMatch(/^RIFF.{4}WAVEfmt $/s)
  expect(samplesOf(sound)).toHaveLength(24_000)
})

test.each(sounds)('the chime %s begins and ends in silence, is heard between, and never clips', (sound) => {
  const wave = samplesOf(sound)
  const peak = wave.reduce((loudest, sample) => Math.max(loudest, Math.abs(sample)), 0)
  expect(Math.abs(wave[0] ?? 1)).toBeLessThan(100)
  expect(Math.abs(wave.at(-1) ?? 1)).toBeLessThan(100)
  expect(peak).toBeGreaterThan(4_000)
  expect(peak).toBeLessThan(32_000)
})
