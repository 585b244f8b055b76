import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { serveApp } from './serveApp.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'studyhall-serve-'))
  mkdirSync(join(folder, 'renderer', 'assets'), { recursive: true })
  writeFileSync(join(folder, 'renderer', 'index.html'), '<!doctype html><html lang="en">')
  writeFileSync(join(folder, 'renderer', 'assets', 'index-1.js'), 'export {}')
  writeFileSync(join(folder, 'renderer', 'assets', 'odd.exe'), 'MZ')
  writeFileSync(join(folder, 'secret.txt'), 'secret')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const get = (path: string, method = 'GET'): Promise<Response> =>
  serveApp(
    { url: `app://studyhall${path}`, method },
    {
      root: join(folder, 'renderer'),
      connect: () => ['http://127.0.0.1:*'],
      languages: () => ({ spoken: 'ar', system: 'fr' }),
    },
  )

describe('serveApp', () => {
  test('serves the page with its policy, to be looked up each time', async () => {
    const response = await get('/')
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(response.headers.get('content-security-policy')).toContain("connect-src 'self' http://127.0.0.1:*")
    expect(response.headers.get('cache-control')).toBe('no-cache')
  })

  test('the page says its language, and the one it would have by itself, from its first line on', async () => {
    expect(await (await get('/')).text()).toBe(
      '<!doctype html><html lang="ar" dir="rtl" data-system-language="fr">',
    )
  })

  test('serves assets to be kept', async () => {
    const response = await get('/assets/index-1.js')
    expect(await response.text()).toBe('export {}')
    expect(response.headers.get('cache-control')).toContain('immutable')
  })

  test.each(['/..%2fsecret.txt', '/missing.js', '/assets', '/assets/odd.exe'])(
    'finds nothing at %s',
    async (path) => {
      const response = await get(path)
      expect(response.status).toBe(404)
      expect(response.headers.get('content-security-policy')).not.toBeNull()
    },
  )

  test('answers GET and HEAD only', async () => {
    expect((await get('/', 'POST')).status).toBe(405)
    expect(await (await get('/', 'HEAD')).text()).toBe('')
  })
})
