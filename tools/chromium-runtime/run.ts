import { existsSync, readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { app } from './app.ts'
import { BrowserWindow } from './browserWindow.ts'
import { answerDesktopQuestions } from './desktopQuestions.ts'
import { setRuntimeOptions } from './options.ts'

/*
 * `node run.ts APP_FOLDER [switches]`: runs the built app of that folder on the Chromium named by STUDYHALL_CHROMIUM, in
 * place of `electron APP_FOLDER [switches]`. All switches reach the app in process.argv and Chromium on its command line.
 */

const [folder = '.', ...switches] = process.argv.slice(2)
const appPath = resolve(folder)
const executablePath = process.env.STUDYHALL_CHROMIUM
if (executablePath === undefined || !existsSync(executablePath)) {
  console.error('STUDYHALL_CHROMIUM must name the Chromium to use. `npm start` finds it by itself.')
  process.exit(2)
}

setRuntimeOptions({
  appPath,
  executablePath,
  chromiumSwitches: switches.filter((argument) => argument.startsWith('--') && argument !== '--profile'),
  headless: !hasDisplay() || switches.includes('--headless'),
})
Object.defineProperty(process, 'type', { value: 'browser' })
Object.defineProperty(process, 'resourcesPath', { value: join(appPath, 'resources') })

const electronUrl = new URL('electronModule.ts', import.meta.url).href
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' || specifier === 'electron/main'
      ? { url: electronUrl, format: 'module-typescript', shortCircuit: true }
      : next(specifier, context),
})

app.initialise()
app.closeAllWindows = () => {
  for (const window of BrowserWindow.getAllWindows()) window.close()
}
let quitAskedAtMs = Number.POSITIVE_INFINITY
function handleSignal(): void {
  // One Ctrl+C may come twice (from the terminal and from a parent that passes it on); asked again after a while, the
  // person does not want to wait for a clean end.
  if (performance.now() - quitAskedAtMs > 2000) app.exit(130)
  if (quitAskedAtMs !== Number.POSITIVE_INFINITY) return
  quitAskedAtMs = performance.now()
  app.quit()
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, handleSignal)
answerDesktopQuestions()
// Started by `npm start`, the app ends with it, also when that is killed.
if (process.connected) process.on('disconnect', handleSignal)

const description = JSON.parse(readFileSync(join(appPath, 'package.json'), 'utf8')) as { main?: string }
await import(pathToFileURL(join(appPath, description.main ?? 'index.js')).href)
await app.whenReady()

function hasDisplay(): boolean {
  if (process.platform !== 'linux') return true
  return Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY)
}
