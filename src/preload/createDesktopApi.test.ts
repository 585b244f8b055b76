import { describe, expect, test } from 'vitest'
import { eventNames, requestNames } from '../shared/ipc/channelNames.ts'
import { createDesktopApi } from './createDesktopApi.ts'

describe('createDesktopApi', () => {
  test('has one method a request and one subscription an event, and nothing else', () => {
    const api = createDesktopApi({ invoke: async () => undefined, subscribe: () => () => undefined })
    const names = Object.entries(api).flatMap(([noun, methods]) =>
      Object.keys(methods).map((name) => `${noun}.${name}`),
    )
    const expected = [
      ...requestNames.map((name) => name.replace(':', '.')),
      ...eventNames.map((name) => name.replace(/:(.)/, (_all, first: string) => `.on${first.toUpperCase()}`)),
    ]
    expect(names.sort()).toEqual(expected.sort())
  })

  test('sends a request under its name, with its arguments', async () => {
    const calls: unknown[] = []
    const api = createDesktopApi({
      invoke: async (...call) => {
        calls.push(call)
        return { ok: true, value: 'v' }
      },
      subscribe: () => () => undefined,
    })
    expect(await api.session.load({ key: 'k' })).toEqual({ ok: true, value: 'v' })
    expect(calls).toEqual([['session:load', { key: 'k' }]])
  })

  test('a main process that does not answer is a failure, not a rejection', async () => {
    const api = createDesktopApi({
      invoke: async () => {
        throw new Error('gone')
      },
      subscribe: () => () => undefined,
    })
    expect(await api.backend.retry()).toEqual({ ok: false, error: { kind: 'failed', message: 'gone' } })
  })

  test('a subscription hears its event until it is ended', () => {
    const listeners = new Set<(payload: unknown) => void>()
    const api = createDesktopApi({
      invoke: async () => undefined,
      subscribe: (name, listener) => {
        expect(name).toBe('backend:changed')
        listeners.add(listener)
        return () => void listeners.delete(listener)
      },
    })
    const heard: unknown[] = []
    const unsubscribe = api.backend.onChanged((connection) => heard.push(connection))
    for (const listener of listeners) listener({ kind: 'starting', step: 'x' })
    unsubscribe()
    expect(heard).toEqual([{ kind: 'starting', step: 'x' }])
    expect(listeners.size).toBe(0)
  })
})
