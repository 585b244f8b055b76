import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildInviteLink } from '../api/inviteLink.ts'
import { buildRecurringInviteLink, parseLink } from './parseLink.ts'

const roomId = '5b0e1c52-9a0f-4b43-8d47-3a3c2f3f8f10'
const inviteCode = 'Zm9vYmFyYmF6cXV4LV9hYg'
const hostCode = `192.168.1.7:47310~mC0v7Vw0L3l2m1h9Qd5xGk8yYtZ3a6b4c2d1e0f9g8A~${inviteCode}`

describe('a link', () => {
  test.each([
    [`studyhall://join/${roomId}`, { kind: 'room', roomId }],
    [`studyhall://join/${roomId}?invite=${inviteCode}`, { kind: 'roomInvite', roomId, inviteCode }],
    [`studyhall://join/${inviteCode}`, { kind: 'recurringInvite', inviteCode }],
    [`studyhall://host/${hostCode}`, { kind: 'host', code: hostCode }],
  ])('%s', (text, expected) => {
    expect(parseLink(text)).toEqual(expected)
  })

  test.each([
    ['nothing', ''],
    ['the scheme alone', 'studyhall://'],
    ['an action alone', 'studyhall://join'],
    ['an action with nothing after it', 'studyhall://join/'],
    ['another scheme', `https://join/${roomId}`],
    ['the scheme in capitals', `STUDYHALL://join/${roomId}`],
    ['one slash', `studyhall:/join/${roomId}`],
    ['another action', `studyhall://open/${roomId}`],
    ['a person before the action', `studyhall://ada@join/${roomId}`],
    ['a port', `studyhall://join:80/${roomId}`],
    ['a path that climbs', `studyhall://join/../${roomId}`],
    ['an encoded character', `studyhall://join/${roomId.replace('-', '%2d')}`],
    ['a slash at the end', `studyhall://join/${roomId}/`],
    ['capitals in a room’s code', `studyhall://join/${roomId.toUpperCase()}`],
    ['a short code', 'studyhall://join/abc'],
    ['a code of 21 characters', `studyhall://join/${inviteCode.slice(1)}`],
    ['a code of 23 characters', `studyhall://join/${inviteCode}a`],
    ['something to turn on', `studyhall://join/${roomId}?camera=on`],
    ['an invite and more', `studyhall://join/${roomId}?invite=${inviteCode}&camera=on`],
    ['an invite for a recurring room’s code', `studyhall://join/${inviteCode}?invite=${inviteCode}`],
    ['a fragment', `studyhall://join/${roomId}#x`],
    ['a line break', `studyhall://join/${roomId}\n`],
    ['a space', `studyhall://join/${roomId} --profile=x`],
    ['a letter that looks like another', `studyhall://jоin/${roomId}`],
    ['a host without a key', 'studyhall://host/192.168.1.7:47310'],
    ['a host with a path', `studyhall://host/${hostCode}/x`],
    ['a host with a question', `studyhall://host/${hostCode}?x`],
    ['a host that is this computer', `studyhall://host/${hostCode.replace('192.168.1.7', '127.0.0.1')}`],
    ['a host without end', `studyhall://host/${'a'.repeat(201)}`],
  ])('is not %s', (_what, text) => {
    expect(parseLink(text)).toBeNull()
  })

  test('survives being written and read, for any room and code', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(fc.uuid(), fc.stringMatching(/^[\w-]{22}$/), (room, code) => {
        expect(parseLink(buildInviteLink({ roomId: room, inviteCode: code }))).toEqual({
          kind: 'roomInvite',
          roomId: room,
          inviteCode: code,
        })
        expect(parseLink(buildRecurringInviteLink(code))).toEqual({
          kind: 'recurringInvite',
          inviteCode: code,
        })
      }),
    )
  })

  test('any text is either refused or consists of nothing but what was read', { timeout: 60_000 }, () => {
    const parts = fc.constantFrom(
      'studyhall://',
      'join/',
      'host/',
      hostCode,
      roomId,
      inviteCode,
      '?invite=',
      '/',
      '..',
      '%2f',
      '@',
      '#',
      '&',
      ' ',
      '\n',
      '\0',
    )
    const built = fc
      .array(fc.oneof({ weight: 5, arbitrary: parts }, fc.string({ unit: 'binary', maxLength: 2 })), {
        maxLength: 6,
      })
      .map((all) => all.join(''))
    fc.assert(
      fc.property(fc.oneof(built, fc.string({ unit: 'binary', maxLength: 60 })), (text) => {
        const link = parseLink(text)
        if (link === null) return
        const again =
          link.kind === 'room'
            ? `studyhall://join/${link.roomId}`
            : link.kind === 'roomInvite'
              ? buildInviteLink(link)
              : link.kind === 'recurringInvite'
                ? buildRecurringInviteLink(link.inviteCode)
                : `studyhall://host/${link.code}`
        expect(again).toBe(text)
        expect(text).toMatch(/^studyhall:\/\/(join|host)\/[\w.:~?=-]+$/)
      }),
      { numRuns: 500 },
    )
  })

  test('one character more or another one is no link, or another one', { timeout: 60_000 }, () => {
    const links = [
      `studyhall://join/${roomId}`,
      `studyhall://join/${roomId}?invite=${inviteCode}`,
      `studyhall://join/${inviteCode}`,
      `studyhall://host/${hostCode}`,
    ]
    fc.assert(
      fc.property(
        fc.constantFrom(...links),
        fc.nat(120),
        fc.string({ unit: 'binary', minLength: 1, maxLength: 2 }),
        (link, at, inserted) => {
          const changed = `${link.slice(0, at)}${inserted}${link.slice(at)}`
          expect(parseLink(changed)).not.toEqual(parseLink(link))
        },
      ),
      { numRuns: 2_000 },
    )
  })
})
