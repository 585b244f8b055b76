import { expect, test } from 'vitest'
import { probeHosted } from './probeHosted.ts'

const hosted = { url: 'https://abc.supabase.co', key: 'sb_publishable_abcdefghijklmnop' }
const json = (status: number, body: unknown): Response => new Response(JSON.stringify(body), { status })
const schemaThere = json(401, { code: '42501', message: 'permission denied for table rooms' })
const apiThere = json(200, { info: { title: 'Studyhall' } })
const gone = (): Response => {
  throw new TypeError('fetch failed')
}

test.each([
  ['all is there', () => schemaThere.clone(), () => apiThere.clone(), null],
  ['the table may be read', () => json(200, []), () => apiThere.clone(), null],
  ['nobody answers', gone, gone, 'unreachable'],
  ['a wrong key', () => json(401, { message: 'Invalid API key' }), gone, 'key_refused'],
  ['a Supabase of something else', () => json(404, { code: 'PGRST205' }), gone, 'no_schema'],
  ['an older PostgREST', () => json(404, { code: '42P01' }), gone, 'no_schema'],
  ['an older schema', () => json(400, { code: '42703' }), gone, 'no_schema'],
  ['a page', () => new Response('<html>', { status: 200 }), gone, 'no_supabase'],
  ['a page that is not there', () => new Response('<html>', { status: 404 }), gone, 'no_supabase'],
  ['a schema without the API', () => schemaThere.clone(), () => json(404, { code: 'NOT_FOUND' }), 'no_api'],
  ['an API that does not answer', () => schemaThere.clone(), gone, 'unreachable'],
] as const)('%s', async (_what, rooms, document, problem) => {
  const asked: { url: string; init: RequestInit }[] = []
  const found = await probeHosted(hosted, async (url, init) => {
    asked.push({ url, init })
    return url.includes('/rest/v1/rooms') ? rooms() : document()
  })
  expect(found).toBe(problem)
  for (const { url, init } of asked) {
    expect(url.startsWith(`${hosted.url}/`)).toBe(true)
    expect(init).toMatchObject({ redirect: 'error', headers: { apikey: hosted.key } })
  }
})
