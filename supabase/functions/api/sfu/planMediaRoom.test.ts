import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { MediaParticipant, MediaSource, WantedRoom } from './mediaRoom.ts'
import { planMediaRoom } from './planMediaRoom.ts'

const sources: readonly MediaSource[] = ['microphone', 'camera']
const room: WantedRoom = {
  roomId: '5b0e1c52-9a0f-4b43-8d47-3a3c2f3f8f10',
  version: 1,
  isOpen: true,
  canPublishSources: ['microphone', 'camera'],
  connectionIds: ['ada', 'ben'],
  mutedConnectionIds: [],
}
const person = (identity: string, more: Partial<MediaParticipant> = {}): MediaParticipant => ({
  identity,
  canPublishSources: sources,
  openMicrophoneIds: [],
  ...more,
})

describe('a room on the media server', () => {
  test('that is what it should be is left alone', () => {
    expect(planMediaRoom(room, [person('ada'), person('ben')])).toEqual([])
    expect(planMediaRoom(room, [])).toEqual([])
  })

  test('has nobody in it who is not inside, and they go first', () => {
    expect(planMediaRoom(room, [person('ada', { canPublishSources: null }), person('eve')])).toEqual([
      { kind: 'remove', identity: 'eve' },
      { kind: 'permit', identity: 'ada', canPublishSources: ['microphone', 'camera'] },
    ])
  })

  test('is closed when it has closed, whoever is there', () => {
    expect(planMediaRoom({ ...room, isOpen: false, connectionIds: [] }, [])).toEqual([{ kind: 'closeRoom' }])
  })

  test.each<[string, readonly MediaSource[] | null, boolean]>([
    ['the same', ['camera', 'microphone'], false],
    ['more', ['microphone', 'camera', 'screen_share'], true],
    ['less', ['microphone'], true],
    ['something else', ['microphone', 'screen_share'], true],
    ['what we never give', null, true],
  ])('lets people send what its settings allow: %s', (_what, canPublishSources, isChanged) => {
    expect(planMediaRoom(room, [person('ada', { canPublishSources })])).toHaveLength(isChanged ? 1 : 0)
  })

  test('has the microphones closed that its creator closed, and no others', () => {
    const people = [
      person('ada', { openMicrophoneIds: ['a'] }),
      person('ben', { openMicrophoneIds: ['b1', 'b2'] }),
    ]
    expect(planMediaRoom({ ...room, mutedConnectionIds: ['ben'] }, people)).toEqual([
      { kind: 'mute', identity: 'ben', trackId: 'b1' },
      { kind: 'mute', identity: 'ben', trackId: 'b2' },
    ])
  })

  test('keeps exactly those inside, whoever they are', () => {
    const identities = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'))
    fc.assert(
      fc.property(identities, identities, (inside, present) => {
        const commands = planMediaRoom(
          { ...room, connectionIds: inside },
          present.map((identity) => person(identity)),
        )
        const removed = commands.flatMap((command) => (command.kind === 'remove' ? [command.identity] : []))
        expect(removed).toEqual(present.filter((identity) => !inside.includes(identity)))
      }),
    )
  })
})
