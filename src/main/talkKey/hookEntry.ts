import { createRequire } from 'node:module'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { uIOhook as UiohookHook } from 'uiohook-napi'
import type { HookMessage } from './hookMessages.ts'

/*
 * The process that listens for the key to talk while another program has the focus. It runs only when the person asked for it,
 * in a process of its own: the hook is native code that has been seen to end its process, and no key but the chosen one ever
 * leaves this one.
 */

const { values } = parseArgs({ options: { key: { type: 'string' }, modules: { type: 'string' } } })
const wanted = Number(values.key)
/** Native code cannot be bundled: it is looked up in the `node_modules` of this folder. */
const lookUp = createRequire(join(values.modules ?? import.meta.dirname, 'index.js'))
const tell = (message: HookMessage): void => process.parentPort.postMessage(message)

interface HookModule {
  readonly uIOhook: typeof UiohookHook
}

function hasHook(found: unknown): found is HookModule {
  return typeof found === 'object' && found !== null && 'uIOhook' in found
}

function listen(): void {
  try {
    const found: unknown = lookUp('uiohook-napi')
    if (!hasHook(found)) return tell({ kind: 'failed' })
    const { uIOhook } = found
    // SECURITY: every key of the machine passes here. All but one are dropped at once, and nothing is kept or written anywhere.
    uIOhook.on('keydown', ({ keycode }) => {
      if (keycode === wanted) tell({ kind: 'key', isDown: true })
    })
    uIOhook.on('keyup', ({ keycode }) => {
      if (keycode === wanted) tell({ kind: 'key', isDown: false })
    })
    uIOhook.start()
    tell({ kind: 'listening' })
  } catch {
    tell({ kind: 'failed' })
  }
}

if (Number.isInteger(wanted) && wanted > 0) listen()
else tell({ kind: 'failed' })
