import { expect, test } from 'vitest'
import { createTrackBoard, type RemotePair } from './tracks.ts'

// Only their identity matters to the board.
const track = (): MediaStreamTrack => Object.create(null)
const pair = (): RemotePair => ({ audio: track(), video: track() })

test('a peer that is replaced cannot take away what the next one has brought', () => {
  const board = createTrackBoard()
  const [first, second] = [pair(), pair()]
  board.set('Ada', first)
  board.set('Ada', second)
  board.remove('Ada', first)
  expect(board.remote('Ada')).toBe(second)
})

test('a change is told once, and no more after the listener left', () => {
  const board = createTrackBoard()
  const told: string[] = []
  const unsubscribe = board.subscribe((kind) => told.push(kind))
  const camera = track()
  board.setLocal('video', camera)
  board.setLocal('video', camera)
  unsubscribe()
  board.setLocal('video', null)
  expect(told).toEqual(['video'])
})
