import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TOP_LEVEL } from './picture.ts'
import { NO_SCREEN, planScreen, SCREEN_FRAMERATES, type ScreenContent } from './screenEncoding.ts'

const well = { isSeen: true, levelIndex: TOP_LEVEL, machineFramerate: 30 }

test.each([
  ['text', TOP_LEVEL, 5, 1_500_000],
  ['text', 6, 5, 600_000],
  ['text', 4, 3, 350_000],
  ['text', 2, 2, 150_000],
  ['text', 0, 1, 100_000],
  ['motion', TOP_LEVEL, 15, 2_500_000],
  ['motion', 5, 10, 800_000],
  ['motion', 3, 5, 400_000],
  ['motion', 1, 3, 150_000],
  ['motion', 0, 1, 100_000],
] as const)('%s on level %d: %d frames, %d bit/s', (content, levelIndex, framerate, maxBitrateBps) => {
  expect(planScreen({ ...well, content, levelIndex })).toEqual({ isActive: true, framerate, maxBitrateBps })
})

test('a busy machine gives up frames, but never the last one', () => {
  expect(planScreen({ ...well, content: 'motion', machineFramerate: 7.5 }).framerate).toBe(7.5)
  expect(planScreen({ ...well, content: 'text', machineFramerate: 0 }).framerate).toBe(1)
})

test('nothing goes out of what is not shared, or not seen', () => {
  expect(planScreen({ ...well, content: null })).toEqual(NO_SCREEN)
  expect(planScreen({ ...well, content: 'text', isSeen: false })).toEqual(NO_SCREEN)
})

test('a better link never has less, and nothing has more than its content needs', () => {
  fc.assert(
    fc.property(
      fc.constantFrom<ScreenContent>('text', 'motion'),
      fc.integer({ min: 0, max: TOP_LEVEL - 1 }),
      fc.integer({ min: 0, max: 60 }),
      (content, levelIndex, machineFramerate) => {
        const worse = planScreen({ isSeen: true, content, levelIndex, machineFramerate })
        const better = planScreen({ isSeen: true, content, levelIndex: levelIndex + 1, machineFramerate })
        expect(better.framerate).toBeGreaterThanOrEqual(worse.framerate)
        expect(better.maxBitrateBps).toBeGreaterThanOrEqual(worse.maxBitrateBps)
        expect(better.framerate).toBeLessThanOrEqual(SCREEN_FRAMERATES[content])
        expect(worse.framerate).toBeGreaterThanOrEqual(1)
      },
    ),
  )
})
