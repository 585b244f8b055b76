import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { buildInviteLink } from '../../src/shared/api/inviteLink.ts'
import { directionOf, languages } from '../../src/shared/languages/languages.ts'
import { invitationTexts } from '../../src/shared/links/invitationTexts.ts'
import { buildRecurringInviteLink, parseLink } from '../../src/shared/links/parseLink.ts'
import { fillPage } from '../../tools/invitePage/fillPage.ts'
import { findChromium } from '../../tools/setup/ensureChromium.mjs'

/*
 * The page that an https invitation leads to, in a real browser: what it makes of the part behind the # is what counts.
 */

const file = join(import.meta.dirname, '..', '..', 'packaging', 'invite-page', 'index.html')
const html = await readFile(file, 'utf8')

const roomId = '5b0e1c52-9a0f-4b43-8d47-3a3c2f3f8f10'
const inviteCode = 'Zm9vYmFyYmF6cXV4LV9hYg'
const hostRest = `:47310~mC0v7Vw0L3l2m1h9Qd5xGk8yYtZ3a6b4c2d1e0f9g8A~${inviteCode}`
const hostCode = `192.168.1.7_10.0.0.3${hostRest}`
const sixCode = `fd12-3456--7_2001-db8--${hostRest}`

let browser: Browser
let server: Server
let page: Page
let asked: string[] = []
let complaints: string[] = []

beforeAll(async () => {
  browser = await chromium.launch({ executablePath: findChromium() ?? '', args: ['--no-sandbox'] })
  server = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.setHeader('content-type', 'text/html; charset=utf-8').end(html)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterAll(async () => {
  await browser.close()
  server.close()
})
beforeEach(async () => {
  asked = []
  complaints = []
  page = await browser.newPage()
  page.on('console', (message) => complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
})
afterEach(() => page.close())

const address = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`

async function open(fragment: string): Promise<void> {
  await page.goto(`${address()}#${fragment}`)
}

const link = () => page.getByRole('link', { name: 'Open in Studyhall' })

test('the policy allows this page’s own script and style, and nothing else in the world', () => {
  const hashOf = (tag: string): string => {
    const text = new RegExp(`<${tag}>([^]*?)</${tag}>`).exec(html)?.[1] ?? ''
    return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
  }
  const policy = /http-equiv="Content-Security-Policy"\s+content="([^"]*)"/.exec(html)?.[1]
  expect(policy).toBe(
    `default-src 'none'; script-src ${hashOf('script')}; style-src ${hashOf('style')}; base-uri 'none'; form-action 'none'`,
  )
  expect(html).not.toMatch(/\b(src|srcset|action)=|url\(|@import|innerHTML|insertAdjacent|eval\(/)
})

test('texts and sums are those of now: `npm run invite-page` writes them', () => {
  expect(html).toBe(fillPage(html))
})

test.each(languages)(
  'whoever reads $name reads it here, from the side from which it is read',
  async ({ tag }) => {
    const context = await browser.newContext({ locale: tag })
    try {
      const theirs = await context.newPage()
      await theirs.goto(`${address()}#join/${inviteCode}`)
      await theirs.getByRole('heading', { name: invitationTexts[tag].recurringInvite, exact: true }).waitFor()
      expect(await theirs.getAttribute('html', 'dir')).toBe(directionOf(tag))
      expect(await theirs.getAttribute('html', 'lang')).toBe(tag)
      expect(await theirs.title()).toBe(invitationTexts[tag].title)
    } finally {
      await context.close()
    }
  },
)

test.each([
  ['a room', `studyhall://join/${roomId}`, roomId],
  ['a private room', buildInviteLink({ roomId, inviteCode }), roomId],
  ['a recurring room', buildRecurringInviteLink(inviteCode), inviteCode],
  ['a host nearby', `studyhall://host/${hostCode}`, hostCode],
  ['a host nearby by IPv6', `studyhall://host/${sixCode}`, sixCode],
  ['a host’s room', `studyhall://host/${hostCode}~${roomId}`, `${hostCode}~${roomId}`],
])('the link to %s is carried on as it is, and the server is not told of it', async (_what, target, code) => {
  await open(target.slice('studyhall://'.length))
  expect(await link().getAttribute('href')).toBe(target)
  expect(parseLink(target)).not.toBeNull()
  expect(await page.locator('code').textContent()).toBe(code)
  expect(asked.filter((path) => path !== '/favicon.ico')).toEqual(['/'])
  expect(complaints).toEqual([])
})

const hostile = [
  '',
  '<img src=x onerror=alert(1)>',
  '"><script>alert(1)</script>',
  'javascript:alert(1)',
  `join/${roomId}"onclick="alert(1)`,
  `join/${roomId}%22%3E%3Cscript%3Ealert(1)%3C/script%3E`,
  `join/${roomId}?invite=${inviteCode}&camera=on`,
  `join/${roomId}/../../x`,
  `join/${roomId.toUpperCase()}`,
  `join/${roomId}%0d%0aSet-Cookie:x`,
  `JOIN/${roomId}`,
  `host/evil.example:443~${hostCode.split('~').slice(1).join('~')}`,
  `host/${hostCode}@evil.example`,
  `//evil.example/join/${roomId}`,
  `https://evil.example/#join/${roomId}`,
  '__proto__',
  `join/${roomId}${'a'.repeat(400)}`,
]

test.each(hostile)('%j is no invitation, and nothing of it is shown or run', async (fragment) => {
  await open(fragment)
  await page.getByRole('heading', { name: 'This link is not complete' }).waitFor()
  expect(await page.locator('a[href]').count()).toBe(0)
  const text = await page.locator('main').textContent()
  expect(text).not.toContain('alert')
  expect(text).not.toContain('evil')
  expect(await page.locator('img, iframe, main script').count()).toBe(0)
  expect(complaints).toEqual([])
})

test('the address may change while the page is open, for better or worse', async () => {
  await open(`join/${roomId}`)
  await link().waitFor()
  for (const fragment of ['<b>', `join/${inviteCode}`]) {
    await page.evaluate((next) => {
      location.hash = next
    }, fragment)
  }
  await expect.poll(() => link().getAttribute('href')).toBe(`studyhall://join/${inviteCode}`)
  await page.evaluate(() => {
    location.hash = 'x'
  })
  await expect.poll(() => page.locator('a[href]').count()).toBe(0)
})

test('whatever stands there, a link is shown only for what has one of the forms', async () => {
  await open('x')
  const parts = fc.constantFrom(
    'join/',
    'host/',
    roomId,
    inviteCode,
    hostCode,
    sixCode,
    '?invite=',
    '/',
    '~',
    '"',
    '<',
    '%',
    '&',
    '#',
    ' ',
  )
  const texts = fc.sample(
    fc.array(fc.oneof({ weight: 4, arbitrary: parts }, fc.string({ unit: 'binary', maxLength: 2 })), {
      maxLength: 5,
    }),
    400,
  )
  const found = await page.evaluate(
    async (fragments) => {
      const results: (readonly [string, string | null])[] = []
      for (const fragment of fragments) {
        location.hash = fragment
        dispatchEvent(new HashChangeEvent('hashchange'))
        results.push([location.hash.slice(1), document.querySelector('a')?.getAttribute('href') ?? null])
      }
      return results
    },
    texts.map((pieces) => pieces.join('')),
  )
  for (const [fragment, href] of found) {
    expect(href === null ? '' : href).toBe(href === null ? '' : `studyhall://${fragment}`)
    // What the app would follow, the page shows, and the other way round but for addresses that the app looks at more closely.
    expect(parseLink(`studyhall://${fragment}`) === null || href !== null).toBe(true)
    expect(href ?? 'studyhall://join/').toMatch(/^studyhall:\/\/(join|host)\/[\w.:~?=-]*$/)
  }
})
