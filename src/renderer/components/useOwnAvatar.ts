import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { ProfileSnapshot } from '../controllers/contracts.ts'
import { useMaybeSession } from '../stores/services.ts'

const nobody = createStore<ProfileSnapshot>(() => ({ avatar: null, failure: null }))

/** One's own picture; null: initials, and also where nobody is signed in. */
export function useOwnAvatar(): string | null {
  const session = useMaybeSession()
  return useStore(session?.profile.store ?? nobody, ({ avatar }) => avatar)
}
