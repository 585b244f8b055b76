import { useStore } from 'zustand'
import { useRoom } from '../../stores/services.ts'

/** Whether our own hand is up, or is about to be. */
export function useOwnHand(): boolean {
  const { call, gestures } = useRoom()
  const wish = useStore(gestures.store, ({ handWish }) => handWish)
  const isRaised = useStore(call.store, (state) => state.kind === 'live' && state.self.handRaisedAt !== null)
  return wish ?? isRaised
}
