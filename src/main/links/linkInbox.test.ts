import { describe, expect, test } from 'vitest'
import { createLinkInbox, linkFromArguments } from './linkInbox.ts'

const roomId = '5b0e1c52-9a0f-4b43-8d47-3a3c2f3f8f10'

describe('links that were followed', () => {
  test('are kept until they are taken, once', () => {
    let told = 0
    const inbox = createLinkInbox(() => {
      told += 1
    })
    expect(inbox.take()).toBeNull()
    inbox.receive(`studyhall://join/${roomId}`)
    expect(told).toBe(1)
    expect(inbox.take()).toEqual({ kind: 'room', roomId })
    expect(inbox.take()).toBeNull()
  })

  test('the last one counts', () => {
    const inbox = createLinkInbox(() => undefined)
    inbox.receive(`studyhall://join/${roomId}`)
    const code = `192.168.1.7:47310~mC0v7Vw0L3l2m1h9Qd5xGk8yYtZ3a6b4c2d1e0f9g8A~Zm9vYmFyYmF6cXV4LV9hYg`
    inbox.receive(`studyhall://host/${code}`)
    expect(inbox.take()).toEqual({ kind: 'host', code })
  })

  test('of what cannot be read nothing but that is passed on', () => {
    const inbox = createLinkInbox(() => undefined)
    inbox.receive('studyhall://join/<script>alert(1)</script>')
    expect(inbox.take()).toEqual({ kind: 'unreadable' })
  })
})

describe('the command line', () => {
  const link = `studyhall://join/${roomId}`
  test.each([
    ['without a link', ['studyhall', '--profile', 'second'], null],
    ['with one', ['studyhall', link], link],
    ['with switches after it', ['studyhall', '--allow-x', link, '--original-process-start-time=1'], link],
    ['with one that is wrong', ['studyhall', 'STUDYHALL:x'], 'STUDYHALL:x'],
    ['with something else', ['studyhall', `https://example.com/?${link}`, './studyhall'], null],
  ])('%s', (_what, argv, expected) => {
    expect(linkFromArguments(argv)).toBe(expected)
  })
})
