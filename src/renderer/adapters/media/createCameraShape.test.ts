import { expect, test } from 'vitest'
import { createCameraShape, type ShapedTrack } from './createCameraShape.ts'

const small = { width: 640, height: 360, frameRate: 15 }
const middle = { width: 640, height: 480, frameRate: 24 }
const large = { width: 1_280, height: 720, frameRate: 30 }

/** A camera that takes what it is asked for when the test lets it. */
function createCamera(refuses = false) {
  const asked: unknown[] = []
  let finish: (() => void)[] = []
  const track: ShapedTrack = {
    applyConstraints(constraints) {
      asked.push(constraints?.height)
      return new Promise((resolve, reject) => {
        finish.push(() => (refuses ? reject(new DOMException('', 'OverconstrainedError')) : resolve()))
      })
    },
  }
  return {
    track,
    asked,
    settle: async (): Promise<void> => {
      for (let turn = 0; turn < 5; turn += 1) {
        for (const end of finish) end()
        finish = []
        await Promise.resolve()
        await Promise.resolve()
      }
    },
  }
}

test('of wishes that come while the camera changes, the latest is the one that holds', async () => {
  const { track, asked, settle } = createCamera()
  const shape = createCameraShape(middle)
  shape.follow(track)
  await settle()
  const wishes = [shape.shape(large), shape.shape(small), shape.shape(middle)]
  await settle()
  await Promise.all(wishes)
  expect(asked).toEqual([{ ideal: 480 }, { ideal: 720 }, { ideal: 480 }])
})

test('what is wanted while no camera runs holds for the next one', async () => {
  const { track, asked, settle } = createCamera()
  const shape = createCameraShape(middle)
  await shape.shape(small)
  expect(shape.profile()).toEqual(small)
  shape.follow(track)
  await settle()
  expect(asked).toEqual([{ ideal: 360 }])
})

test('a camera that refuses goes on as it is', async () => {
  const { track, asked, settle } = createCamera(true)
  const shape = createCameraShape(middle)
  shape.follow(track)
  const wish = shape.shape(large)
  await settle()
  await wish
  await shape.shape(large)
  expect(asked).toHaveLength(2)
})
