import { useStore } from 'zustand'
import type { CallSnapshot } from '../../core/call/callSnapshot.ts'
import { useRoom } from '../../stores/services.ts'

/** Whether our own hand is up, or is about to be. */
export function useOwnHand(self: Extract<CallSnapshot, { kind: 'live' }>['self']): boolean {
  const { gestures } = useRoom()
  const wish = useStore(gestures.store, ({ handWish }) => handWish)
  return wish ?? self.handRaisedAt !== null
}
