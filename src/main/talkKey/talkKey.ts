import type { ShortcutStates } from '../../shared/ipc/settingsPanel.ts'
import { hookCodeOf } from '../../shared/shortcuts/talkKeyEverywhere.ts'
import type { ChosenShortcuts } from '../../shared/shortcuts/shortcutActions.ts'
import type { MainLog } from '../log/mainLog.ts'
import type { HookMessage } from './hookMessages.ts'

/** Without X (libuiohook's own thread) the hook has been seen to hang instead of failing. */
const START_DEADLINE_MS = 4_000

/** The process that listens. */
export interface HookProcess {
  readonly onMessage: (listener: (message: HookMessage) => void) => void
  readonly onExit: (listener: () => void) => void
  readonly kill: () => void
}

interface Dependencies {
  readonly fork: (hookCode: number) => HookProcess
  /** Whether this system can give an app the keys of others at all. */
  readonly isSupported: boolean
  readonly setTimer: (callback: () => void, delayMs: number) => () => void
  readonly onKey: (isDown: boolean) => void
  readonly onChanged: () => void
  readonly log: Pick<MainLog, 'info' | 'warn'>
}

/** The key to talk while another program has the focus: listened to during calls, when the person asked for it. */
export interface TalkKey {
  readonly apply: (chosen: ChosenShortcuts, isInCall: boolean) => void
  readonly state: () => ShortcutStates['talk']
  readonly dispose: () => void
}

/** Runs one listening process at a time, and none when there is nothing to listen for. */
export function createTalkKey(deps: Dependencies): TalkKey {
  let state: ShortcutStates['talk'] = 'off'
  let running: { readonly hookCode: number; readonly end: () => void } | null = null
  let isDown = false
  /** What has failed is not tried again before the choice is made anew. */
  let failedCode: number | null = null

  function setState(next: ShortcutStates['talk']): void {
    if (next === state) return
    state = next
    deps.onChanged()
  }

  function hear(nowDown: boolean): void {
    if (nowDown === isDown) return
    isDown = nowDown
    deps.onKey(nowDown)
  }

  function stop(): void {
    running?.end()
    running = null
    // Whoever held it is not to stay heard because nobody listens any more.
    hear(false)
  }

  function fail(hookCode: number, why: string): void {
    deps.log.warn(`shortcuts: the key to talk cannot be heard in other programs: ${why}`)
    failedCode = hookCode
    stop()
    setState('unavailable')
  }

  function start(hookCode: number): void {
    const child = deps.fork(hookCode)
    let isOver = false
    const cancel = deps.setTimer(() => {
      if (!isOver) fail(hookCode, 'no answer')
    }, START_DEADLINE_MS)
    running = {
      hookCode,
      end: () => {
        isOver = true
        cancel()
        child.kill()
      },
    }
    setState('starting')
    child.onMessage((message) => {
      if (isOver) return
      if (message.kind === 'key') return hear(message.isDown)
      if (message.kind === 'failed') return fail(hookCode, 'the hook did not start')
      cancel()
      deps.log.info('shortcuts: the key to talk is heard in other programs')
      setState('on')
    })
    child.onExit(() => {
      if (!isOver) fail(hookCode, 'its process ended')
    })
  }

  return {
    apply({ talkMode, talkKey, talkEverywhere }, isInCall) {
      const hookCode = talkMode !== 'off' && talkEverywhere ? hookCodeOf(talkKey) : null
      if (hookCode === null || hookCode !== failedCode) failedCode = null
      if (hookCode === null) {
        stop()
        return setState('off')
      }
      if (!deps.isSupported || failedCode !== null) return setState('unavailable')
      if (!isInCall) {
        stop()
        return setState('waiting')
      }
      if (running?.hookCode === hookCode) return
      stop()
      start(hookCode)
    },
    state: () => state,
    dispose: stop,
  }
}
