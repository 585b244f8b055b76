import { expect, test } from '@playwright/test'
import { requestNames, eventNames } from '../../../src/shared/ipc/channelNames.ts'
import { launchStudyhall } from '../helpers/launchStudyhall.ts'

/*
 * What a page could try that somebody had smuggled code into, tried on the built app (docs/security.md). All in one start.
 */
test('a page reaches nothing but what the app gives it', async () => {
  await using studyhall = await launchStudyhall()
  const { page } = await studyhall.open('Ada')
  await expect(page.getByRole('textbox', { name: 'Your name' })).toBeVisible()
  const address = page.url()

  await test.step('it has no Node and no Electron, and of the desktop only the contract', async () => {
    const reach = await page.evaluate(() => {
      const namesOf = (value: unknown): readonly [string, unknown][] =>
        typeof value === 'object' && value !== null ? Object.entries(value) : []
      return {
        foreign: ['require', 'process', 'module', 'Buffer', 'global', 'ipcRenderer', 'electron'].filter(
          (name) => name in globalThis,
        ),
        desktop: namesOf(Reflect.get(globalThis, 'desktop')).flatMap(([noun, methods]) =>
          namesOf(methods).map(([name]) => `${noun}.${name}`),
        ),
      }
    })
    expect(reach.foreign).toEqual([])
    expect(reach.desktop.toSorted()).toEqual(
      [
        ...requestNames.map((name) => name.replace(':', '.')),
        ...eventNames.map((name) =>
          name.replace(/:(.)/, (_all, first: string) => `.on${first.toUpperCase()}`),
        ),
      ].toSorted(),
    )
  })

  await test.step('malformed requests are refused', async () => {
    const answers = await page.evaluate(async () => {
      const namesOf = (value: unknown): readonly [string, unknown][] =>
        typeof value === 'object' && value !== null ? Object.entries(value) : []
      const answered: unknown[] = []
      for (const [, methods] of namesOf(Reflect.get(globalThis, 'desktop'))) {
        for (const [name, method] of namesOf(methods)) {
          if (/^on[A-Z]/.test(name) || typeof method !== 'function') continue
          answered.push(await Reflect.apply(method, null, [{ unheardOf: ['../../etc/passwd'] }]))
        }
      }
      return answered
    })
    expect(answers).toHaveLength(requestNames.length)
    for (const answer of answers)
      expect(answer).toMatchObject({ ok: false, error: { kind: 'invalid_arguments' } })
  })

  await test.step('no code but the app’s own runs, and nothing goes to other hosts', async () => {
    const violated = await page.evaluateHandle(() => {
      const directives = new Set<string>()
      document.addEventListener('securitypolicyviolation', (event) =>
        directives.add(event.effectiveDirective),
      )
      return directives
    })
    const fetched = await page.evaluate(async () => {
      const script = document.createElement('script')
      script.textContent = 'window.smuggled = true'
      document.body.append(script)
      const button = document.createElement('button')
      button.setAttribute('onclick', 'window.smuggled = true')
      document.body.append(button)
      button.click()
      const style = document.createElement('style')
      style.textContent = 'body { color: red }'
      document.head.append(style)
      const frame = document.createElement('iframe')
      frame.src = 'https://example.com/'
      document.body.append(frame)
      const image = new Image()
      image.src = 'https://example.com/pixel.png'
      return await fetch('https://example.com/').then(
        () => 'fetched',
        () => 'refused',
      )
    })
    expect(fetched).toBe('refused')
    await expect
      .poll(() => violated.evaluate((directives) => [...directives].toSorted()))
      .toEqual([
        'connect-src',
        'frame-src',
        'img-src',
        'script-src-attr',
        'script-src-elem',
        'style-src-elem',
      ])
    expect(await page.evaluate(() => 'smuggled' in window)).toBe(false)
  })

  await test.step('no file beside the built page is served', async () => {
    const statuses = await page.evaluate(async () => {
      const paths = [
        '/..%2fmain/index.js',
        '/assets/..%2f..%2fmain%2fbackend.js',
        '/%2e%2e%2fpackage.json',
        '/.stamp',
      ]
      return Promise.all(paths.map(async (path) => (await fetch(path)).status))
    })
    expect(statuses).toEqual([404, 404, 404, 404])
  })

  await test.step('permissions that the app does not use are denied', async () => {
    const states = await page.evaluate(async () => {
      const names: PermissionName[] = ['geolocation', 'notifications', 'midi']
      return Promise.all(names.map(async (name) => (await navigator.permissions.query({ name })).state))
    })
    expect(states.filter((state) => state === 'granted')).toEqual([])
  })

  await test.step('it stays where it is, and opens no window', async () => {
    const pages = page.context().pages().length
    const cdp = await page.context().newCDPSession(page)
    await cdp.send('Network.enable')
    const ended = new Promise((resolve) => {
      cdp.on('Network.loadingFailed', ({ type, errorText }) => {
        if (type === 'Document') resolve(errorText)
      })
    })
    await page.evaluate(() => window.open('https://example.com/'))
    await page.evaluate(() => {
      location.href = 'https://example.com/'
    })
    // Given up by the app; one that had been let go would have another reason, or none.
    expect(await ended).toBe('net::ERR_ABORTED')
    expect(page.url()).toBe(address)
    expect(page.context().pages()).toHaveLength(pages)
    await expect(page.getByRole('textbox', { name: 'Your name' })).toBeVisible()
  })
})
