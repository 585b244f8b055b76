import { expect, test } from 'vitest'
import { readInvitePage } from './readInvitePage.ts'

test.each([
  [undefined, null, 0],
  ['  ', null, 0],
  [' https://example.org/invite/ ', 'https://example.org/invite/', 0],
  ['https://example.org/invite.html', 'https://example.org/invite.html', 0],
  ['http://example.org/', null, 1],
  ['https://example.org/?x', null, 1],
  ['https://example.org/#', null, 1],
  ['https://ada:x@example.org/', null, 1],
  ['example.org', null, 1],
])('%j is the page %j', (text, page, warnings) => {
  const warned: string[] = []
  expect(readInvitePage({ STUDYHALL_INVITE_PAGE: text }, { warn: (line) => void warned.push(line) })).toBe(
    page,
  )
  expect(warned).toHaveLength(warnings)
})
