import { describe, expect, test } from 'vitest'
import { requestNames } from '../../shared/ipc/channelNames.ts'
import { err, ok } from '../../shared/result.ts'
import { createIpcHandler, isTrustedSender, type SenderEvent } from './createIpcHandler.ts'

const lines: string[] = []
const log = {
  info: (text: string) => lines.push(text),
  warn: (text: string) => lines.push(text),
  error: (text: string) => lines.push(text),
}
const frame = (url: string, parent: object | null = null): SenderEvent =>
  ({ senderFrame: { url, parent } }) as unknown as SenderEvent
const own = frame('app://studyhall/')

describe('isTrustedSender', () => {
  test.each([
    ['the app', own, true],
    ['the app at a path', frame('app://studyhall/index.html#/room'), true],
    ['a frame that is gone', { senderFrame: null }, false],
    ['a foreign page', frame('https://example.com/'), false],
    ['a name that begins alike', frame('app://studyhall.evil/'), false],
    ['an empty document', frame('about:blank'), false],
    ['a document without an address', frame(''), false],
    ['a frame inside the app', frame('app://studyhall/', {}), false],
  ])('%s', (_who, event, trusted) => {
    expect(isTrustedSender(event)).toBe(trusted)
  })
})

describe('createIpcHandler', () => {
  test.each(requestNames)('%s refuses a foreign frame without asking for an answer', async (name) => {
    const handler = createIpcHandler(name, () => expect.unreachable('answered'), log)
    expect(await handler(frame('https://example.com/'))).toMatchObject({
      ok: false,
      error: { kind: 'refused' },
    })
  })

  test.each(requestNames)('%s refuses malformed arguments', async (name) => {
    const handler = createIpcHandler(name, () => expect.unreachable('answered'), log)
    for (const args of [[{ unheardOf: true }], [42], [undefined, 'more'], [['x']]]) {
      expect(await handler(own, ...args)).toMatchObject({ ok: false, error: { kind: 'invalid_arguments' } })
    }
  })

  test('gives the parsed arguments on and the answer back', async () => {
    const handler = createIpcHandler('session:load', ({ key }) => ok(`value of ${key}`), log)
    expect(await handler(own, { key: 'sb-auth' })).toEqual({ ok: true, value: 'value of sb-auth' })
  })

  test('gives an expected failure back as it is', async () => {
    const failure = { kind: 'failed', message: 'The disk is full.' } as const
    const handler = createIpcHandler('session:clear', () => err(failure), log)
    expect(await handler(own, { key: 'a' })).toEqual({ ok: false, error: failure })
  })

  test('a bug in an answer, or an answer against the contract, is logged and comes back as failed', async () => {
    const thrown = createIpcHandler('backend:retry', () => expect.unreachable('a bug'), log)
    expect(await thrown(own)).toMatchObject({ ok: false, error: { kind: 'failed' } })
    const broken = createIpcHandler('backend:connection', () => ok({ kind: 'ready' } as never), log)
    expect(await broken(own)).toMatchObject({ ok: false, error: { kind: 'failed' } })
  })

  test('refused values do not reach the log', async () => {
    lines.length = 0
    const handler = createIpcHandler('session:save', () => ok(undefined), log)
    await handler(own, { key: '../../x', value: 'a-secret-token' })
    expect(lines).toHaveLength(1)
    expect(lines.join()).not.toContain('a-secret-token')
  })
})
