import { createStore } from 'zustand/vanilla'
import type { CallSnapshot } from '../../core/call/callSnapshot.ts'
import { ADMISSION_POLL_MS, readAdmission, type Waiting } from '../../core/admission/waiting.ts'
import type { AdmissionPort } from '../../core/ports/admission.ts'
import type { Clock } from '../../core/ports/clock.ts'
import type { AdmissionController, AdmissionSnapshot, CallController, ReadableStore } from '../contracts.ts'

const nothing: AdmissionSnapshot = { waiting: { kind: 'none' } }

/** Waits at a room's door once joining was refused for that, and joins as soon as somebody has opened it. */
export function createAdmissionController(deps: {
  readonly port: AdmissionPort
  readonly call: { readonly store: ReadableStore<CallSnapshot> } & Pick<
    CallController,
    'joinAgain' | 'dismiss'
  >
  readonly clock: Clock
}): AdmissionController & { dispose(): void } {
  const { port, call, clock } = deps
  const store = createStore<AdmissionSnapshot>(() => nothing)
  let cancelPoll: (() => void) | null = null

  function set(waiting: Waiting, askAgainMs: number | null): void {
    cancelPoll?.()
    cancelPoll = askAgainMs === null ? null : clock.schedule(askAgainMs, () => void poll())
    store.setState({ waiting })
  }

  async function poll(): Promise<void> {
    const { waiting } = store.getState()
    if (waiting.kind !== 'waiting') return
    const answer = await port.await(waiting.roomId)
    // Given up meanwhile, or begun anew: the answer is about the waiting that was asked for.
    if (store.getState().waiting !== waiting) return
    const next = readAdmission(waiting, answer)
    set(next.waiting, next.askAgainMs)
    if (next.waiting.kind === 'admitted') await call.joinAgain()
  }

  const unsubscribe = call.store.subscribe((snapshot, before) => {
    if (snapshot === before) return
    if (snapshot.kind === 'refused' && snapshot.failure.kind === 'admission_needed') {
      return set({ kind: 'waiting', roomId: snapshot.roomId, isOffline: false }, ADMISSION_POLL_MS)
    }
    if (snapshot.kind === 'refused' && snapshot.failure.kind === 'admission_refused') {
      return set({ kind: 'refused', roomId: snapshot.roomId }, null)
    }
    const { waiting } = store.getState()
    // What was decided stands while it is acted upon.
    if (waiting.kind !== 'none' && snapshot.kind !== 'joining') set({ kind: 'none' }, null)
    return undefined
  })

  return {
    store,
    cancel() {
      const { waiting } = store.getState()
      set({ kind: 'none' }, null)
      call.dismiss()
      if (waiting.kind === 'waiting') void port.cancel(waiting.roomId)
    },
    dispose() {
      unsubscribe()
      const { waiting } = store.getState()
      set({ kind: 'none' }, null)
      if (waiting.kind === 'waiting') void port.cancel(waiting.roomId)
    },
  }
}
