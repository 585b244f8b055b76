import { describe, expect, test } from 'vitest'
import { createJoinResponse } from '../../../../test/support/people.ts'
import { planRoomChanges, readRoomFields, type RoomSettingsFields } from './planRoomChanges.ts'

const room = { ...createJoinResponse([]).room, tags: ['quiet', 'maths'], hasPassword: true }
const plan = (changes: Partial<RoomSettingsFields>, before = room) =>
  planRoomChanges(before, { ...readRoomFields(before), ...changes })

describe('changes to a room', () => {
  test('nothing typed is nothing asked for', () => {
    expect(plan({})).toEqual({ ok: true, value: { update: null, isLocked: null } })
    expect(plan({ tags: 'Maths,  #quiet', name: ' Library ' })).toMatchObject({ value: { update: null } })
  })

  test.each<[Partial<RoomSettingsFields>, object]>([
    [{ name: 'Attic' }, { name: 'Attic' }],
    [{ tags: 'law' }, { tags: ['law'] }],
    [{ tags: '' }, { tags: [] }],
    [{ capacity: '12' }, { maxParticipants: 12 }],
    [
      { privacy: 'private', waitingRoom: true },
      { privacy: 'private', settings: { waitingRoom: true } },
    ],
    [{ allowChat: false }, { settings: { allowChat: false } }],
    [{ allowRecording: false }, { settings: { allowRecording: false } }],
    [{ password: 'sesame' }, { password: 'sesame' }],
    [{ password: 'sesame', removesPassword: true }, { password: null }],
  ])('%j asks for that alone', (changes, update) => {
    expect(plan(changes)).toMatchObject({ ok: true, value: { update, isLocked: null } })
    const planned = plan(changes)
    expect(planned.ok && Object.keys(planned.value.update ?? {})).toEqual(Object.keys(update))
  })

  test('the lock goes its own way; a password that is not there is not taken away', () => {
    expect(plan({ isLocked: true })).toMatchObject({ value: { update: null, isLocked: true } })
    expect(plan({ removesPassword: true }, { ...room, hasPassword: false })).toMatchObject({
      value: { update: null },
    })
  })

  test.each<[Partial<RoomSettingsFields>, object]>([
    [{ name: '  ' }, { name: 'missing' }],
    [{ name: 'x'.repeat(81) }, { name: 'tooLong' }],
    [{ tags: 'a,b,c,d,e,f' }, { tags: 'tooMany' }],
    [{ tags: 'x'.repeat(25) }, { tags: 'tooLong' }],
    [{ capacity: '1' }, { capacity: 'outside' }],
    [{ capacity: '51' }, { capacity: 'outside' }],
    [{ capacity: '' }, { capacity: 'outside' }],
    [{ capacity: '4.5' }, { capacity: 'outside' }],
    [{ password: 'ü'.repeat(37) }, { password: 'tooLong' }],
  ])('%j is said at its field', (changes, error) => {
    expect(plan(changes)).toEqual({ ok: false, error })
  })
})
