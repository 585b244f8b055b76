import { expect, test } from 'vitest'
import { createProfilePort } from './createProfilePort.ts'

function openPort(body: unknown, status = 200) {
  const sent: string[] = []
  const port = createProfilePort({
    url: 'http://backend.test',
    publishableKey: 'key',
    accessToken: () => Promise.resolve('token'),
    fetch(url, init) {
      const address = url instanceof Request ? url.url : url.toString()
      const text = typeof init?.body === 'string' ? ` ${init.body}` : ''
      sent.push(`${init?.method} ${address.replace('http://backend.test/rest/v1/', '')}${text}`)
      return Promise.resolve(new Response(JSON.stringify(body), { status }))
    },
  })
  return { port, sent }
}

test.each([
  ['a picture', [{ avatar: 'cat-moss' }], 'cat-moss'],
  ['none', [{ avatar: null }], null],
  ['an account that is gone', [], null],
])('%s is read from the own profile', async (_what, rows, avatar) => {
  const { port, sent } = openPort(rows)
  expect(await port.readAvatar('a/b')).toEqual({ ok: true, value: avatar })
  expect(sent).toEqual(['GET profiles?select=avatar&id=eq.a%2Fb'])
})

test('a picture is chosen by the function that counts and tells', async () => {
  const { port, sent } = openPort({})
  expect(await port.setAvatar('cat-moss')).toEqual({ ok: true, value: undefined })
  expect(await port.setAvatar(null)).toEqual({ ok: true, value: undefined })
  expect(sent).toEqual([
    'POST rpc/set_avatar {"p_avatar":"cat-moss"}',
    'POST rpc/set_avatar {"p_avatar":null}',
  ])
  const limited = openPort({ refusal: 'rate_limited', retryAfterSeconds: 9 }).port
  expect(await limited.setAvatar(null)).toMatchObject({ ok: false, error: { kind: 'rate_limited' } })
})
