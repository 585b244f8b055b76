import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Message } from '../../../shared/api/messages.ts'
import {
  addMessages,
  beginSending,
  deleteMessage,
  discard,
  emptyChatLog,
  failSending,
  markRead,
  selectKey,
  selectOldest,
  selectUnreadCount,
} from './chatLog.ts'
import { splitLinks } from './splitLinks.ts'

function message(number: number, fields: Partial<Message> = {}): Message {
  return {
    id: `id-${number}`,
    authorId: 'mia',
    displayName: 'Mia',
    body: `message ${number}`,
    sentAt: new Date(Date.UTC(2026, 10, 26, 12, 0, number)).toISOString(),
    clientMessageId: `key-${number}`,
    ...fields,
  }
}

const keys = (log: typeof emptyChatLog) => log.entries.map(selectKey)

describe('what is known of what was written', () => {
  test('is the same in whatever order and however often it is told', () => {
    const all = [1, 2, 3, 4, 5].map((number) => message(number))
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 30 }), (order) => {
        let log = emptyChatLog
        for (const index of order) log = addMessages(log, all.slice(index, index + 2))
        log = addMessages(log, all)
        expect(keys(log)).toEqual(['key-1', 'key-2', 'key-3', 'key-4', 'key-5'])
      }),
    )
  })

  test('orders those of one moment as the database does', () => {
    const log = addMessages(emptyChatLog, [
      message(1, { id: 'b' }),
      message(1, { id: 'a', clientMessageId: 'key-0' }),
    ])
    expect(keys(log)).toEqual(['key-0', 'key-1'])
  })

  test('one of ours is there at once, and once when it comes back as news', () => {
    let log = beginSending(addMessages(emptyChatLog, [message(1)]), 'key-9', 'hello')
    expect(keys(log)).toEqual(['key-1', 'key-9'])
    log = addMessages(log, [message(2), message(9, { authorId: 'ada', body: 'hello' })])
    expect(keys(log)).toEqual(['key-1', 'key-2', 'key-9'])
    expect(log.entries.at(-1)?.kind).toBe('sent')
    expect(failSending(log, 'key-9').entries.at(-1)?.kind).toBe('sent')
  })

  test('one that failed is sent again under the same key, or given up', () => {
    const failed = failSending(beginSending(emptyChatLog, 'key-9', 'hello'), 'key-9')
    expect(failed.entries).toEqual([{ kind: 'failed', clientMessageId: 'key-9', body: 'hello' }])
    expect(beginSending(failed, 'key-9', 'hello').entries).toEqual([
      { kind: 'sending', clientMessageId: 'key-9', body: 'hello' },
    ])
    expect(discard(failed, 'key-9').entries).toEqual([])
  })

  test('what was deleted does not come back with a page that was read before', () => {
    const log = deleteMessage(addMessages(emptyChatLog, [message(1), message(2)]), 'id-1')
    expect(keys(addMessages(log, [message(1), message(3)]))).toEqual(['key-2', 'key-3'])
  })

  test('counts what others have written since it was read', () => {
    let log = markRead(addMessages(emptyChatLog, [message(1), message(2)]))
    expect(selectUnreadCount(log, 'ada')).toBe(0)
    log = addMessages(log, [message(3), message(4, { authorId: 'ada' })])
    expect(selectUnreadCount(log, 'ada')).toBe(1)
    expect(selectUnreadCount(addMessages(log, [message(0)]), 'ada')).toBe(1)
    expect(selectUnreadCount(deleteMessage(log, 'id-3'), 'ada')).toBe(0)
    expect(markRead(markRead(log))).toEqual(markRead(log))
  })

  test('knows its oldest, from where earlier ones are read', () => {
    expect(selectOldest(emptyChatLog)).toBeNull()
    expect(selectOldest(addMessages(emptyChatLog, [message(2), message(1)]))?.id).toBe('id-1')
  })
})

describe('addresses in a message', () => {
  test.each([
    ['see https://example.org/a?b=c#d.', ['https://example.org/a?b=c#d']],
    ['(https://example.org/x)', ['https://example.org/x']],
    ['https://a.example https://b.example:8443/', ['https://a.example', 'https://b.example:8443/']],
    ['http://example.org', []],
    ['javascript:alert(1) https://', []],
    ['https://user:password@example.org/', []],
    ['https://example.org@evil.example/', []],
    ['https://examp\u200Ele.org/', []],
    ['https://localhost/', []],
    ['https://example.org\\@evil.example/', []],
  ])('%j has %j', (body, links) => {
    const parts = splitLinks(body)
    expect(parts.filter(({ kind }) => kind === 'link').map(({ text }) => text)).toEqual(links)
    expect(parts.map(({ text }) => text).join('')).toBe(body)
  })

  test('nothing of a message is lost, and every link leads to the host that it shows', () => {
    const word = fc.oneof(
      fc.string(),
      fc.constantFrom(
        'https://example.org/a?b#c',
        'http://example.org',
        'https://a@b.example',
        'https://1.2',
      ),
      fc.string().map((text) => `https://${text}`),
      fc.string().map((text) => `https://example.org${text}`),
    )
    fc.assert(
      fc.property(fc.array(word, { maxLength: 4 }), (words) => {
        const body = words.join(' ')
        const parts = splitLinks(body)
        const links = parts.filter(({ kind }) => kind === 'link')
        const isHonest = links.every(({ text }) => {
          const shown = /^https:\/\/([^/?#:]+)/u.exec(text)?.[1]?.toLowerCase()
          const { protocol, hostname, username } = new URL(text)
          return protocol === 'https:' && hostname === shown && username === ''
        })
        expect(isHonest).toBe(true)
        expect(parts.map(({ text }) => text).join('')).toBe(body)
      }),
    )
  })
})
