import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildInviteLink, parseInviteLink } from './inviteLink.ts'

const roomId = '5b0e1c52-9a0f-4b43-8d47-3a3c2f3f8f10'
const inviteCode = 'Zm9vYmFyYmF6cXV4LV9hYg'
const link = `studyhall://join/${roomId}?invite=${inviteCode}`

describe('the link of an invite', () => {
  test('is what it is documented as', () => {
    expect(buildInviteLink({ roomId, inviteCode })).toBe(link)
    expect(parseInviteLink(link)).toEqual({ roomId, inviteCode })
  })

  test('survives being written and read, for any room and code', () => {
    const code = fc.stringMatching(/^[\w-]{16,64}$/)
    fc.assert(
      fc.property(fc.uuid(), code, (room, any) => {
        expect(parseInviteLink(buildInviteLink({ roomId: room, inviteCode: any }))).toEqual({
          roomId: room,
          inviteCode: any,
        })
      }),
    )
  })

  test.each([
    ['nothing', ''],
    ['another scheme', link.replace('studyhall', 'https')],
    ['the scheme in capitals', link.replace('studyhall', 'STUDYHALL')],
    ['another action', link.replace('join', 'leave')],
    ['a person before the host', link.replace('join', 'x@join')],
    ['a port', link.replace('join', 'join:1')],
    ['a path that climbs', link.replace(roomId, `../${roomId}`)],
    ['an encoded path', link.replace('-', '%2d')],
    ['no code', `studyhall://join/${roomId}`],
    ['a short code', `studyhall://join/${roomId}?invite=abc`],
    ['a long code', `${link}${'a'.repeat(64)}`],
    ['a code with other characters', `${link}%00`],
    ['a second parameter', `${link}&camera=on`],
    ['a fragment', `${link}#x`],
    ['a line break after it', `${link}\n`],
    ['a space before it', ` ${link}`],
    ['a character that looks like a letter', link.replace('a', 'а')],
  ])('is not %s', (_what, text) => {
    expect(parseInviteLink(text)).toBeNull()
  })

  test('any other text is refused', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(parseInviteLink(text)).toBeNull()
        expect(parseInviteLink(`${link}${text}`) === null || text === '' || /^[\w-]+$/.test(text)).toBe(true)
      }),
    )
  })
})
