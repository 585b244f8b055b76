import type { TrayView } from '../../../shared/tray/trayView.ts'
import type { Clock } from '../../core/ports/clock.ts'
import type { DeskPort } from '../../core/ports/desk.ts'
import { planTray, type TrayInput, type TrayPlan } from '../../core/tray/planTray.ts'

/** Several changes of one moment make one menu: on some desktops an open menu closes when it is replaced. */
const SETTLE_MS = 100
/** Minutes that go by, and "today" that becomes "now". */
const TICK_MS = 15_000

/** Keeps the tray true. */
export interface TrayController {
  /** Something that the tray shows may have changed. */
  look(): void
  dispose(): void
}

/** Shows what `planTray` makes of the app's state, in the words of `describe`, whenever that is something else than before. */
export function createTrayController(deps: {
  readonly desk: Pick<DeskPort, 'showTray'>
  readonly clock: Clock
  readonly read: () => Omit<TrayInput, 'nowMs'>
  readonly describe: (plan: TrayPlan, nowMs: number) => TrayView
}): TrayController {
  const { clock } = deps
  let shown = ''
  let cancelSettling: (() => void) | null = null
  let cancelTick: () => void = () => undefined
  let isOver = false

  function show(): void {
    cancelSettling = null
    cancelTick()
    cancelTick = clock.schedule(TICK_MS, show)
    const nowMs = clock.now()
    const view = deps.describe(planTray({ ...deps.read(), nowMs }), nowMs)
    const text = JSON.stringify(view)
    if (text === shown) return
    shown = text
    deps.desk.showTray(view)
  }

  function look(): void {
    if (!isOver) cancelSettling ??= clock.schedule(SETTLE_MS, show)
  }

  look()
  return {
    look,
    dispose() {
      isOver = true
      cancelSettling?.()
      cancelTick()
    },
  }
}
