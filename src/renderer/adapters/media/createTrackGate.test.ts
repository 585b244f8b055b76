import { expect, test } from 'vitest'
import { createTrackGate } from './createTrackGate.ts'
import { createTrackBoard } from './tracks.ts'

const track = { enabled: true } as MediaStreamTrack

test('nothing goes out before it is opened, and what sends is told of both', () => {
  const board = createTrackBoard()
  const gate = createTrackGate(board)
  const heard: string[] = []
  gate.board.subscribe((kind) => heard.push(kind))
  gate.subscribe(() => heard.push(gate.isClosed() ? 'closed' : 'open'))
  board.setLocal('camera', track)
  expect(gate.board.current('camera')).toBeNull()
  // One's own picture is there all the same.
  expect(board.current('camera')).toBe(track)
  gate.setClosed(false)
  expect(gate.board.current('camera')).toBe(track)
  gate.setClosed(false)
  gate.setClosed(true)
  expect(gate.board.current('camera')).toBeNull()
  const kinds = ['microphone', 'camera', 'screen', 'screenAudio']
  expect(heard).toEqual(['camera', ...kinds, 'open', ...kinds, 'closed'])
})

test('what others send is received with the gate closed, too', () => {
  const board = createTrackBoard()
  const gate = createTrackGate(board)
  const source = { connectionId: 'Ben', path: 'mesh', kind: 'camera' } as const
  gate.board.setRemote(source, { track, receiver: {} as RTCRtpReceiver, attach: null })
  expect(board.remote(source)?.track).toBe(track)
})
