import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { VIDEO_LEVELS } from './picture.ts'
import { planPublishedLayers, selectLayerWish, selectSubscribedLayer } from './simulcast.ts'

const vga = { width: 640, height: 480 }
const wide = { width: 960, height: 720 }
const hd = { width: 1_280, height: 720 }

const video = (shortSide: number, framerate = 30, maxBitrateBps = 1_500_000) => ({
  isActive: shortSide > 0,
  shortSide,
  framerate,
  maxBitrateBps,
})

/** The sizes in which a picture goes out. */
function sizesOf(sent: ReturnType<typeof video>, captured: { width: number; height: number }): number[] {
  return planPublishedLayers(sent, captured)
    .filter(({ isActive }) => isActive)
    .map(({ scaleDown }) => Math.round(Math.min(captured.width, captured.height) / scaleDown))
}

describe('layers of what we send', () => {
  test.each([
    ['a camera of 720p, all of it', video(720), hd, [180, 360, 720]],
    ['an ordinary camera that was asked for three', video(480), wide, [180, 360, 480]],
    ['a camera that gives too little for three', video(480), vga, [180, 480]],
    ['somebody who chose 360p', video(360), vga, [180, 360]],
    ['a path for 270 lines', video(270), vga, [180, 270]],
    ['somebody who saves data', video(180), { width: 640, height: 360 }, [180]],
    ['the least picture', video(90), vga, [90]],
    ['a camera that gives less than is allowed', video(720), { width: 160, height: 120 }, [120]],
    ['a picture that stands upright', video(720), { width: 720, height: 1_280 }, [180, 360, 720]],
    ['no picture', video(0), vga, []],
  ])('%s', (_, sent, captured, sizes) => {
    expect(sizesOf(sent, captured)).toEqual(sizes)
  })

  test('the smallest is slow, so that many of them cost little', () => {
    expect(planPublishedLayers(video(720), hd).map(({ framerate }) => framerate)).toEqual([15, 20, 30])
    expect(planPublishedLayers(video(720, 10), hd).map(({ framerate }) => framerate)).toEqual([10, 10, 10])
  })

  const anyVideo = fc
    .constantFrom(...VIDEO_LEVELS)
    .map((level) => Object.assign({ isActive: level.shortSide > 0 }, level))
  const anyCamera = fc.record({
    width: fc.integer({ min: 2, max: 4_000 }),
    height: fc.integer({ min: 2, max: 4_000 }),
  })

  test('none is larger, faster or dearer than allowed, and a picture that may be sent has a layer', () => {
    fc.assert(
      fc.property(anyVideo, anyCamera, (sent, captured) => {
        const layers = planPublishedLayers(sent, captured).filter(({ isActive }) => isActive)
        expect(layers.length > 0).toBe(sent.isActive)
        for (const layer of layers) {
          const shortSide = Math.min(captured.width, captured.height) / layer.scaleDown
          expect(layer.scaleDown).toBeGreaterThanOrEqual(1)
          expect(shortSide).toBeLessThanOrEqual(sent.shortSide + 0.001)
          expect(layer.framerate).toBeLessThanOrEqual(sent.framerate)
          expect(layer.maxBitrateBps).toBeLessThanOrEqual(sent.maxBitrateBps)
        }
      }),
    )
  })

  test('each is larger than the one below, and the largest is all that may be had', () => {
    fc.assert(
      fc.property(anyVideo, anyCamera, (sent, captured) => {
        const sizes = planPublishedLayers(sent, captured)
          .filter(({ isActive }) => isActive)
          .map(({ scaleDown }) => Math.min(captured.width, captured.height) / scaleDown)
        for (const [index, size] of sizes.entries()) expect(size).toBeGreaterThan(sizes[index - 1] ?? 0)
        const whole = Math.min(sent.shortSide, captured.width, captured.height)
        expect(sizes.at(-1) ?? 0).toBeCloseTo(sent.isActive ? whole : 0, 3)
      }),
    )
  })

  test('more that is allowed never takes a layer away', () => {
    fc.assert(
      fc.property(anyCamera, fc.nat({ max: VIDEO_LEVELS.length - 2 }), (captured, index) => {
        const [less, more] = [VIDEO_LEVELS[index], VIDEO_LEVELS[index + 1]].map((level) =>
          level === undefined ? [] : sizesOf({ isActive: level.shortSide > 0, ...level }, captured),
        )
        expect(more?.length).toBeGreaterThanOrEqual(less?.length ?? 0)
      }),
    )
  })
})

test.each([
  [null, 'none'],
  [90, 'low'],
  [180, 'low'],
  [181, 'medium'],
  [360, 'medium'],
  [480, 'high'],
  [2_160, 'high'],
] as const)('of somebody who sends layers, %s lines are layer %s', (shortSide, layer) => {
  expect(selectSubscribedLayer(shortSide === null ? null : { shortSide, framerate: 24 })).toBe(layer)
})

test.each([
  ['none', { kind: 'hidden' }],
  ['low', { kind: 'shown', shortSide: 180, framerate: 30 }],
  ['high', { kind: 'shown', shortSide: 720, framerate: 30 }],
] as const)('of whom the layer %s is wanted, this much is sent: %o', (layer, wish) => {
  expect(selectLayerWish(layer)).toEqual(wish)
})
