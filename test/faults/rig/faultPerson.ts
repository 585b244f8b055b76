import { expect, type Page } from '@playwright/test'
import { launchApp, type RunningApp } from '../../e2e/helpers/launchApp.ts'
import { createPerson, type Person } from '../../e2e/helpers/person.ts'
import type { FaultBackend } from './backend.ts'
import type { Network, Place } from './network.ts'
import { installProbe, type ProbeSample, type ProbeTransport, type SocketRecord } from './probeScript.ts'
import { shiftClock } from './wrongClock.ts'

/** Chromium's own camera and microphone; its camera is slow enough that two people share two cores. */
const switches = [
  '--use-fake-device-for-media-stream=fps=15',
  '--use-fake-ui-for-media-stream',
  // The gateway and the relay sign for themselves.
  '--ignore-certificate-errors',
]
const PASSWORD = 'a good long password'

/** Somebody with the whole app in a place of the network, and what the app's page shows them over time. */
export interface FaultPerson extends Person {
  readonly place: Place
  readonly app: RunningApp
  readonly email: string
  /** Since then by the test's clock, whatever the person's says. */
  samples(sinceMs: number): Promise<readonly ProbeSample[]>
  sockets(): Promise<readonly SocketRecord[]>
  transport(): Promise<ProbeTransport>
}

export interface OpenOptions {
  readonly network: Network
  readonly backend: FaultBackend
  readonly name: string
  readonly place: Place
  readonly environment?: Readonly<Record<string, string>>
  readonly switches?: readonly string[]
  /** The page's clock is wrong by so much. */
  readonly clockOffsetMs?: number
  /** Signs in with this account instead of making one. */
  readonly email?: string
}

/** Starts the app in the place and brings the person to the lobby. */
export async function openPerson(options: OpenOptions): Promise<FaultPerson> {
  const { network, backend, name, place } = options
  const app = await launchApp({
    args: [...switches, ...(options.switches ?? [])],
    env: {
      STUDYHALL_SUPABASE_URL: backend.url,
      STUDYHALL_SUPABASE_KEY: backend.publishableKey,
      // The page may connect to what is named here, and to nothing else.
      ...(backend.livekitUrl === null ? {} : { STUDYHALL_LIVEKIT_URL: backend.livekitUrl }),
      // Two browsers fill a small machine: what is seen is to be the network's doing.
      STUDYHALL_MACHINE_READINGS: 'off',
      ...options.environment,
    },
    place: {
      inside: (command) => place.inside(command),
      reach: (port) => network.link.forward(place.namespace, `127.0.0.1:${port}`),
    },
  })
  const { page } = app
  if (options.clockOffsetMs !== undefined) await page.addInitScript(shiftClock, options.clockOffsetMs)
  await page.addInitScript(installProbe)
  await page.reload()
  const email = options.email ?? `${name}-${place.namespace}@example.org`
  if (options.email === undefined) await createAccount(page, name, email)
  else await signIn(page, email)
  await expect(page.getByRole('heading', { name: 'Rooms', exact: true })).toBeVisible({ timeout: 30_000 })
  const aheadMs = await readAheadMs(page)
  return {
    ...createPerson(page, name),
    place,
    app,
    email,
    async samples(sinceMs) {
      const samples = await page.evaluate((since) => window.faultProbe.samples(since), sinceMs + aheadMs)
      return samples.map((sample) => Object.assign(sample, { atMs: sample.atMs - aheadMs }))
    },
    sockets: () => page.evaluate(() => window.faultProbe.sockets()),
    transport: () => page.evaluate(() => window.faultProbe.transport()),
  }
}

/** By how much the person's clock is wrong, in milliseconds; what a busy machine takes to answer is nothing. */
async function readAheadMs(page: Page): Promise<number> {
  const aheadMs = (await page.evaluate(() => Date.now())) - Date.now()
  return Math.abs(aheadMs) < 30_000 ? 0 : aheadMs
}

async function showForm(page: Page, submit: string, other: string): Promise<void> {
  const button = page.getByRole('button', { name: submit, exact: true })
  await expect(button.or(page.getByRole('button', { name: other }))).toBeVisible({ timeout: 30_000 })
  if (!(await button.isVisible())) await page.getByRole('button', { name: other }).click()
}

async function createAccount(page: Page, name: string, email: string): Promise<void> {
  await showForm(page, 'Create account', 'I am new here')
  await page.getByRole('textbox', { name: 'Your name' }).fill(name)
  await page.getByRole('textbox', { name: 'E-mail' }).fill(email)
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Create account' }).click()
}

async function signIn(page: Page, email: string): Promise<void> {
  await showForm(page, 'Sign in', 'I have an account')
  await page.getByRole('textbox', { name: 'E-mail' }).fill(email)
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}
