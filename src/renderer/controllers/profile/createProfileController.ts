import { createStore } from 'zustand/vanilla'
import type { AuthState } from '../../core/ports/auth.ts'
import type { Clock } from '../../core/ports/clock.ts'
import type { ProfilePort } from '../../core/ports/profile.ts'
import type { ProfileController, ProfileSnapshot, ReadableStore } from '../contracts.ts'

const RETRY_DELAYS_MS = [2_000, 10_000, 60_000] as const
const unknown: ProfileSnapshot = { avatar: null, failure: null }

/** One's own picture: read when somebody is signed in, shown at once when another one is chosen, and put back where it is refused. */
export function createProfileController(deps: {
  readonly port: ProfilePort
  readonly account: ReadableStore<AuthState>
  readonly clock: Clock
}): ProfileController & { dispose(): void } {
  const { port, account, clock } = deps
  const store = createStore<ProfileSnapshot>(() => unknown)
  /** Counts what was read and chosen: an answer to something earlier is not shown over something later. */
  let turn = 0
  let failures = 0
  /** What the database was last known to have. */
  let kept: string | null = null
  let cancelRetry: () => void = () => undefined

  const selectUserId = (state: AuthState) => (state.kind === 'signedIn' ? state.account.userId : null)

  async function read(userId: string): Promise<void> {
    const mine = ++turn
    cancelRetry()
    const answer = await port.readAvatar(userId)
    if (mine !== turn) return
    if (answer.ok) {
      failures = 0
      kept = answer.value
      store.setState({ avatar: kept })
      return
    }
    const delayMs = RETRY_DELAYS_MS[Math.min(failures, RETRY_DELAYS_MS.length - 1)] ?? 60_000
    failures += 1
    cancelRetry = clock.schedule(delayMs, () => void read(userId))
  }

  function follow(userId: string | null): void {
    turn += 1
    failures = 0
    kept = null
    cancelRetry()
    store.setState(unknown)
    if (userId !== null) void read(userId)
  }

  const unwatch = account.subscribe((state, before) => {
    if (selectUserId(state) !== selectUserId(before)) follow(selectUserId(state))
  })
  follow(selectUserId(account.getState()))

  return {
    store,
    async setAvatar(avatar) {
      const userId = selectUserId(account.getState())
      if (userId === null) return
      const mine = ++turn
      cancelRetry()
      store.setState({ avatar, failure: null })
      const answer = await port.setAvatar(avatar)
      if (answer.ok && selectUserId(account.getState()) === userId) kept = avatar
      if (mine !== turn || answer.ok) return
      store.setState({ avatar: kept, failure: answer.error })
      // What was chosen may have come before the picture was read.
      void read(userId)
    },
    dispose() {
      unwatch()
      turn += 1
      cancelRetry()
    },
  }
}
