import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildInviteLink } from '../api/inviteLink.ts'
import { buildRecurringInviteLink, parseLink } from './parseLink.ts'
import { buildWebInvitation, parsePastedLink, parseWebInvitation } from './webInvitation.ts'

const roomId = '5b0e1c52-9a0f-4b43-8d47-3a3c2f3f8f10'
const inviteCode = 'Zm9vYmFyYmF6cXV4LV9hYg'
const hostCode = `192.168.1.7:47310~mC0v7Vw0L3l2m1h9Qd5xGk8yYtZ3a6b4c2d1e0f9g8A~${inviteCode}`
const backendUrl = 'https://abcdefgh.supabase.co'
const page = 'https://study.example.org/invite/'
const own = `${backendUrl}/functions/v1/api/invitation`

describe('an invitation over https', () => {
  test.each([
    [`studyhall://join/${roomId}`, null, `${own}/join/${roomId}`],
    [buildInviteLink({ roomId, inviteCode }), null, `${own}/join/${roomId}?invite=${inviteCode}`],
    [buildRecurringInviteLink(inviteCode), null, `${own}/join/${inviteCode}`],
    [buildRecurringInviteLink(inviteCode), page, `${page}#join/${inviteCode}`],
    [buildInviteLink({ roomId, inviteCode }), page, `${page}#join/${roomId}?invite=${inviteCode}`],
  ])('carries %s (by %s)', (link, over, expected) => {
    const address = buildWebInvitation(link, { backendUrl, page: over })
    expect(address).toBe(expected)
    expect(parseWebInvitation(expected)).toEqual(parseLink(link))
  })

  test.each([
    ['this computer', 'http://127.0.0.1:54321'],
    ['this computer, with a certificate', 'https://localhost:54321'],
    ['no encryption', 'http://study.example.org'],
    ['an address alone', 'https://192.168.1.7'],
    ['a path', `${backendUrl}/x`],
    ['a slash at the end', `${backendUrl}/`],
  ])('is not made for a backend at %s', (_what, url) => {
    const link = buildRecurringInviteLink(inviteCode)
    for (const over of [null, page])
      expect(buildWebInvitation(link, { backendUrl: url, page: over })).toBeNull()
  })

  test('is not made of a host’s link, whose code no server is told', () => {
    expect(buildWebInvitation(`studyhall://host/${hostCode}`, { backendUrl, page: null })).toBeNull()
    expect(parseWebInvitation(`${own}/host/${hostCode}`)).toBeNull()
    expect(parseWebInvitation(`${page}#host/${hostCode}`)).toEqual({ kind: 'host', code: hostCode })
  })

  test.each([
    ['nothing', ''],
    ['a page alone', page],
    ['http', `${own}/join/${roomId}`.replace('https', 'http')],
    ['the scheme in capitals', `${own}/join/${roomId}`.replace('https', 'HTTPS')],
    ['a name and a password', `${own}/join/${roomId}`.replace('//', '//ada:x@')],
    ['this computer', `https://localhost/functions/v1/api/invitation/join/${roomId}`],
    ['a path before the page', `${backendUrl}/x/functions/v1/api/invitation/join/${roomId}`],
    ['another path', `${backendUrl}/functions/v1/api/rooms/join/${roomId}`],
    ['a path that climbs', `${own}/../join/${roomId}`],
    ['two of them', `${own}/join/${roomId}/functions/v1/api/invitation/join/${roomId}`],
    ['a whole link within', `${own}/studyhall://join/${roomId}`],
    ['more behind it', `${own}/join/${roomId}&camera=on`],
    ['both forms', `${own}/join/${roomId}#join/${roomId}`],
    ['a question before the #', `${page}?x#join/${roomId}`],
    ['a second #', `${page}#join/${roomId}#x`],
    ['an encoded character', `${page}#join/${roomId.replace('-', '%2d')}`],
    ['a space in the page', `https://study.example.org/a b#join/${roomId}`],
    ['letters that look like others', `https://study.ex\u0430mple.org/#join/${roomId}`],
    ['more than anybody sends', `https://study.example.org/${'a'.repeat(600)}#join/${roomId}`],
  ])('is not %s', (_what, text) => {
    expect(parseWebInvitation(text)).toBeNull()
  })

  test('survives being written and read, for any room, code and page', () => {
    const path = fc.stringMatching(/^\/[\w-]{0,8}(?:\/[\w.-]{1,8})?$/)
    const pages = fc.option(path.map((written) => `https://study.example.org${written}`))
    fc.assert(
      fc.property(fc.uuid(), fc.stringMatching(/^[\w-]{22}$/), pages, (room, code, over) => {
        for (const link of [
          buildInviteLink({ roomId: room, inviteCode: code }),
          buildRecurringInviteLink(code),
        ]) {
          const address = buildWebInvitation(link, { backendUrl, page: over }) ?? ''
          expect(parseWebInvitation(address)).toEqual(parseLink(link))
          expect(parsePastedLink(` ${address}\n`)).toEqual(parseLink(link))
          expect(parseLink(address)).toBeNull()
        }
      }),
    )
  })

  test('any text is either refused or ends in exactly the link that was read', () => {
    const parts = fc.constantFrom(
      'https://',
      'study.example.org',
      backendUrl,
      '/functions/v1/api/invitation/',
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
      '\\',
    )
    const piece = fc.oneof({ weight: 6, arbitrary: parts }, fc.string({ unit: 'binary', maxLength: 2 }))
    const built = fc.array(piece, { maxLength: 8 }).map((all) => all.join(''))
    const close = fc
      .tuple(fc.constantFrom(`${own}/join/${roomId}`, `${page}#join/${inviteCode}`), fc.nat(90), piece)
      .map(([text, at, inserted]) => `${text.slice(0, at)}${inserted}${text.slice(at)}`)
    fc.assert(
      fc.property(fc.oneof(built, close), (text) => {
        const link = parseWebInvitation(text)
        if (link === null) return
        const rest = /(?:\/functions\/v1\/api\/invitation\/|#)((?:join|host)\/[\w.:~?=-]+)$/u.exec(text)?.[1]
        expect(parseLink(`studyhall://${rest}`)).toEqual(link)
        expect(URL.parse(text)?.protocol).toBe('https:')
        expect(URL.parse(text)?.username).toBe('')
      }),
      { numRuns: 3_000 },
    )
  })
})
