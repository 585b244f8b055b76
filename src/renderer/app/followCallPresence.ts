import type { ActiveCallStore } from '../stores/activeCallStore.ts'

/**
 * Tells whether a call is on, now and after each change: from the moment somebody joins, so that what leaves a call alone does so
 * before its first picture, until it is over, also where the page that says why still stands.
 */
export function followCallPresence(activeCall: ActiveCallStore, report: (isInCall: boolean) => void): void {
  let isTold = false
  let unsubscribe: () => void = () => undefined
  const look = (): void => {
    const kind = activeCall.store.getState().active?.call.store.getState().kind
    const isInCall = kind === 'joining' || kind === 'live'
    if (isInCall === isTold) return
    isTold = isInCall
    report(isInCall)
  }
  activeCall.store.subscribe(({ active }) => {
    unsubscribe()
    unsubscribe = active?.call.store.subscribe(look) ?? (() => undefined)
    look()
  })
  // A page that was loaded anew is in no call, whatever the one before it was.
  report(false)
}
