import type { SubscriptionsPort } from '../../core/ports/subscriptions.ts'
import type { Subscription } from '../../core/quality/qualityPlan.ts'

/** What is wanted of whose picture, for whatever receives it. Change is told, never polled. */
export interface SubscriptionBoard extends SubscriptionsPort {
  /** Null: nothing is said of this person. */
  current(connectionId: string): Subscription | null
  /** Calls back each time something was said; the answer ends it. */
  subscribe(listener: () => void): () => void
}

export function createSubscriptionBoard(): SubscriptionBoard {
  let current: ReadonlyMap<string, Subscription> = new Map()
  const listeners = new Set<() => void>()
  return {
    current: (connectionId) => current.get(connectionId) ?? null,
    set(subscriptions) {
      current = new Map(subscriptions.map((subscription) => [subscription.connectionId, subscription]))
      for (const listener of listeners) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
