import type { Subscription } from '../quality/qualityPlan.ts'

/** What is wanted of others' pictures from the media server. Whatever session there is follows it, also one that opens later. */
export interface SubscriptionsPort {
  /**
   * Replaces what was said before. Of whom nothing is said any more or yet, the picture comes in the size of the elements that show it, and not
   * at all without any.
   */
  set(subscriptions: readonly Subscription[]): void
}
