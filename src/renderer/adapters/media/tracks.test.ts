import { expect, test } from 'vitest'
import { createTrackBoard, type RemoteSource, type RemoteTrack } from './tracks.ts'

// Only their identity matters to the board.
const track = (): MediaStreamTrack => Object.create(null)
const remote = (): RemoteTrack => ({ track: track(), receiver: Object.create(null), attach: null })
const camera: RemoteSource = { connectionId: 'Ada', path: 'mesh', kind: 'camera' }

test('a peer that is replaced cannot take away what the next one has brought', () => {
  const board = createTrackBoard()
  const [first, second] = [remote(), remote()]
  board.setRemote(camera, first)
  board.setRemote(camera, second)
  board.removeRemote(camera, first.track)
  expect(board.remote(camera)).toBe(second)
})

test('what comes by one path takes nothing from the other', () => {
  const board = createTrackBoard()
  const [direct, relayed] = [remote(), remote()]
  board.setRemote(camera, direct)
  board.setRemote({ ...camera, path: 'sfu' }, relayed)
  board.removeRemote(camera, direct.track)
  expect(board.remote(camera)).toBeNull()
  expect(board.remote({ ...camera, path: 'sfu' })).toBe(relayed)
})

test('a change is told once, and no more after the listener left', () => {
  const board = createTrackBoard()
  const told: string[] = []
  const unsubscribe = board.subscribe((kind) => told.push(kind))
  const own = track()
  board.setLocal('camera', own)
  board.setLocal('camera', own)
  unsubscribe()
  board.setLocal('camera', null)
  expect(told).toEqual(['camera'])
})

test('a track that was silenced is known to be, whatever others make of it', () => {
  const board = createTrackBoard()
  const told: string[] = []
  const microphone = track()
  board.setEnabled(microphone, false)
  board.setLocal('microphone', microphone)
  board.subscribe((kind) => told.push(kind))
  microphone.enabled = true
  expect(board.isEnabled(microphone)).toBe(false)
  board.setEnabled(microphone, true)
  expect(board.isEnabled(microphone)).toBe(true)
  expect(told).toEqual(['microphone'])
})

test('which path is shown is told when it changes, and only then', () => {
  const board = createTrackBoard()
  const told: string[] = []
  board.subscribeToShown((connectionId) => told.push(connectionId))
  board.show('Ada', null)
  board.show('Ada', 'mesh')
  board.show('Ada', 'mesh')
  board.show('Ada', 'sfu')
  expect(board.shownPath('Ada')).toBe('sfu')
  expect(board.shownPath('Ben')).toBeNull()
  expect(told).toEqual(['Ada', 'Ada'])
})
