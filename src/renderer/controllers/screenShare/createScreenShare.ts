import { createStore } from 'zustand/vanilla'
import type { ShareSource } from '../../../shared/ipc/screenShare.ts'
import type { Clock } from '../../core/ports/clock.ts'
import type { CapturedScreen, ScreenCapturePort, ScreenSourcesPort } from '../../core/ports/screenShare.ts'
import type {
  ScreenShareController,
  ScreenShareSnapshot,
  ScreenShareState,
  ScreenShareWish,
  SharePickerState,
} from '../contracts.ts'

/** Pictures are made anew this long after the last ones have come. */
const REFRESH_INTERVAL_MS = 1_500

/** The controller together with its end. */
export interface ScreenShare extends ScreenShareController {
  dispose(): void
}

export function createScreenShare(deps: {
  readonly capture: ScreenCapturePort
  readonly sources: ScreenSourcesPort
  readonly clock: Clock
}): ScreenShare {
  const { capture, sources, clock } = deps
  const store = createStore<ScreenShareSnapshot>(() => ({
    share: { kind: 'off' },
    picker: { kind: 'closed' },
  }))
  let running: CapturedScreen | null = null
  /** Counts starts and stops: what comes late of an earlier one is closed again. */
  let attempt = 0
  /** Counts openings of the picker. */
  let opening = 0
  let cancelRefresh: () => void = () => undefined

  const setShare = (share: ScreenShareState): void => store.setState({ share })
  const setPicker = (picker: SharePickerState): void => store.setState({ picker })

  async function refresh(of: number): Promise<void> {
    const next = await readPicker()
    if (of !== opening) return
    if (next === null) {
      closePicker()
      return setShare({ kind: 'failed', reason: 'unanswered' })
    }
    setPicker(next)
    // Where the system asks there is nothing that changes. Where it does not allow it, somebody may be allowing it right now.
    if (next.kind === 'asking') return
    cancelRefresh = clock.schedule(REFRESH_INTERVAL_MS, () => void refresh(of))
  }

  /** Null: the app's own process does not answer. */
  async function readPicker(): Promise<SharePickerState | null> {
    const means = await sources.means()
    if (means === null) return null
    const { picker, permission, offersSound } = means
    // What the system's own picker gives needs no permission beside it.
    if (picker !== 'inApp') return { kind: 'asking', picker, offersSound }
    if (permission !== 'granted') return { kind: 'barred', permission }
    return { kind: 'listing', offersSound, sources: await sources.list() }
  }

  function closePicker(): void {
    opening += 1
    cancelRefresh()
    if (store.getState().picker.kind !== 'closed') setPicker({ kind: 'closed' })
  }

  function stop(): void {
    attempt += 1
    release()
    if (store.getState().share.kind !== 'off') setShare({ kind: 'off' })
  }

  function bar(): void {
    closePicker()
    const { kind } = store.getState().share
    if (kind !== 'on' && kind !== 'starting') return
    attempt += 1
    release()
    setShare({ kind: 'failed', reason: 'barred' })
  }

  function release(): void {
    if (running === null) return
    capture.publish(null)
    running.close()
    running = null
  }

  async function start({ sourceId, content, withSound }: ScreenShareWish): Promise<void> {
    const name = selectName(store.getState().picker, sourceId)
    closePicker()
    stop()
    const current = attempt
    setShare({ kind: 'starting' })
    const isChosen = await sources.choose({ sourceId, withSound })
    if (current !== attempt) return
    if (!isChosen) return setShare({ kind: 'failed', reason: 'unlisted' })
    const opened = await capture.open({ content, withSound })
    if (current !== attempt) {
      // Stopped meanwhile.
      if (opened.ok) opened.value.close()
      return
    }
    if (!opened.ok) {
      return setShare(
        opened.error === 'cancelled' ? { kind: 'off' } : { kind: 'failed', reason: opened.error },
      )
    }
    running = opened.value
    running.onEnded(stop)
    capture.publish(running)
    setShare({ kind: 'on', name, content, sound: running.sound })
  }

  return {
    store,
    openPicker() {
      if (store.getState().picker.kind !== 'closed') return
      opening += 1
      setPicker({ kind: 'opening' })
      void refresh(opening)
    },
    closePicker,
    start,
    stop,
    bar,
    openPermissions: () => void sources.openPermissions(),
    dismissFailure() {
      const { share } = store.getState()
      if (share.kind === 'failed') setShare({ kind: 'off' })
      if (share.kind === 'on' && share.sound === 'refused') setShare({ ...share, sound: 'none' })
    },
    dispose() {
      closePicker()
      stop()
    },
  }
}

function selectName(picker: SharePickerState, sourceId: ShareSource['id']): string | null {
  if (picker.kind !== 'listing') return null
  return picker.sources?.find(({ id }) => id === sourceId)?.name ?? null
}
