import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { runtimeOptions } from './options.ts'
import { appSchemes, protocolServerPort } from './protocol.ts'

/*
 * One Chromium for the whole app, with the profile folder the app has chosen. It is launched with the first window, so
 * that what the app starts before (its backend) gets under way at once.
 */

let launched: Promise<BrowserContext> | null = null
let firstPageTaken = false

/** The size a first window wants, in CSS px, so that Chromium opens with it at once. */
interface FirstWindow {
  readonly width: number
  readonly height: number
}

/** Launches Chromium with the profile folder below `userData`, or gives the one that runs. */
export function launchBrowser(
  userData: string,
  first: FirstWindow,
  onClosed: () => void,
): Promise<BrowserContext> {
  launched ??= launch(userData, first).then((context) => {
    context.on('close', onClosed)
    return context
  })
  return launched
}

/** A page for a window: the one Chromium opened with, then new ones. */
export async function takePage(context: BrowserContext): Promise<Page> {
  const [first] = context.pages()
  if (firstPageTaken || first === undefined) return context.newPage()
  firstPageTaken = true
  return first
}

/** Closes Chromium when it runs; its profile is written out before this resolves. */
export async function closeBrowser(): Promise<void> {
  const context = await launched?.catch(() => null)
  await context?.close().catch(() => undefined)
}

async function launch(userData: string, first: FirstWindow): Promise<BrowserContext> {
  const { executablePath, headless } = runtimeOptions()
  const profile = join(userData, 'Chromium')
  mkdirSync(profile, { recursive: true })
  const port = await protocolServerPort()
  const launched = chromium.launchPersistentContext(profile, {
    executablePath,
    headless,
    viewport: null,
    // Pages follow the system, or nativeTheme.themeSource where the app has set it.
    colorScheme: null,
    // SECURITY: off only where it cannot work: Chromium's sandbox refuses to run for root on Linux.
    chromiumSandbox: process.platform !== 'linux' || process.getuid?.() !== 0,
    // Without this a headed window says on top that automated software controls it.
    ignoreDefaultArgs: ['--enable-automation', ...(headless ? [] : ['--mute-audio'])],
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: browserArguments({ ...runtimeOptions(), schemes: [...appSchemes], port, ...first }),
  })
  const context = await launched.catch((error: unknown) => {
    throw explainLaunchFailure(error)
  })
  describeVersions(context)
  return context
}

/** Some containers allow no sandbox; whoever trusts what runs there may go without. */
function explainLaunchFailure(error: unknown): unknown {
  if (!(error instanceof Error) || !/no usable sandbox|sandbox_host|setuid sandbox/i.test(error.message))
    return error
  return new Error(
    "Chromium's sandbox does not work on this system, which allows no user namespaces. Allow them, or go without: npm start -- --no-sandbox",
    { cause: error },
  )
}

/** Chromium's command line. Exported for its tests. */
export function browserArguments(run: {
  readonly schemes: readonly string[]
  readonly port: number
  readonly width: number
  readonly height: number
  readonly headless: boolean
  readonly chromiumSwitches: readonly string[]
}): string[] {
  return [
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--hide-crash-restore-bubble',
    // Without it the window warns of the rule in the next line, which is ours.
    '--test-type',
    // What the app has been asked for, and has granted, needs no dialog of Chromium's beside it.
    '--auto-accept-this-tab-capture',
    ...(run.headless ? [] : ['--auto-select-desktop-capture-source=Entire screen']),
    `--host-resolver-rules=${run.schemes.map((scheme) => `MAP *.${scheme}.localhost 127.0.0.1:${run.port}`).join(', ')}`,
    `--window-size=${run.width},${run.height}`,
    // A window of its own without tabs and address bar, as an app has; it is empty until the app loads its page.
    ...(run.headless ? [] : ['--app=data:text/html,']),
    ...run.chromiumSwitches,
  ]
}

/** Electron tells its engine's version in process.versions. */
function describeVersions(context: BrowserContext): void {
  const chrome = context.browser()?.version() ?? 'unknown'
  Object.defineProperty(process, 'versions', { value: { ...process.versions, chrome } })
}
