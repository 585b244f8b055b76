import type { PageStore, SharedPageStore } from './pageStore.ts'

/** How long a failing store is left alone at first, and at most; doubled with every failed try. */
const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 30_000
/** How long a try may take, which may have to connect first; nobody waits for it. */
const TRY_TIMEOUT_MS = 3_000

type Health =
  | { readonly kind: 'well' }
  | {
      readonly kind: 'away'
      /** False before the first use, when it is not known whether it is there. */
      readonly isTold: boolean
      readonly pauseMs: number
      readonly tryAgainAtMs: number
      readonly trying: Promise<void> | null
    }

/**
 * A shared store whose faults cost nobody a request, nor more than `timeoutMs`, in milliseconds: whoever meets one is
 * answered from `fallback`, and so is everybody after, without asking, until the store has answered a try that nobody
 * waits for. Connecting at first is such a try.
 */
export function createGuardedPageStore(options: {
  readonly shared: SharedPageStore
  readonly fallback: PageStore
  readonly timeoutMs: number
  readonly now: () => number
  /** Told once each time that the store fails, and once that it is back. */
  readonly tell: (line: string) => void
}): PageStore {
  const { shared, fallback, timeoutMs, now, tell } = options
  let health: Health = {
    kind: 'away',
    isTold: false,
    pauseMs: FIRST_PAUSE_MS / 2,
    tryAgainAtMs: Number.NEGATIVE_INFINITY,
    trying: null,
  }
  /** Something was to be forgotten while it was away. */
  let isForgettingOwed = false

  function goAway(fault: unknown, pauseMs: number, isTold: boolean): void {
    health = { kind: 'away', isTold: true, pauseMs, tryAgainAtMs: now() + pauseMs, trying: null }
    shared.disconnect()
    if (isTold) return
    // SECURITY: an error's text may hold an address with a password; its name does not.
    const reason = fault instanceof Error ? fault.name : 'unknown'
    tell(`The shared cache of the room list fails (${reason}); pages are kept in memory meanwhile.`)
  }

  function handleFault(fault: unknown): void {
    if (health.kind === 'well') goAway(fault, FIRST_PAUSE_MS, false)
  }

  async function tryAgain(before: Health & { readonly kind: 'away' }): Promise<void> {
    try {
      // Whatever it holds from before is older than a page may become, unless it was away for a moment only.
      do await inTime(isForgettingOwed ? payForgetting() : askWhetherItIsThere(), TRY_TIMEOUT_MS)
      while (isForgettingOwed)
      health = { kind: 'well' }
      if (before.isTold) tell('The shared cache of the room list is back.')
    } catch (error) {
      goAway(error, Math.min(before.pauseMs * 2, LONGEST_PAUSE_MS), before.isTold)
    }
  }

  async function askWhetherItIsThere(): Promise<void> {
    await shared.look('is-anybody-there')
  }

  async function payForgetting(): Promise<void> {
    isForgettingOwed = false
    try {
      await shared.forget()
    } catch (error) {
      isForgettingOwed = true
      throw error
    }
  }

  function isWell(): boolean {
    if (health.kind === 'well') return true
    if (health.trying === null && now() >= health.tryAgainAtMs) {
      const before = health
      const trying = Promise.resolve().then(async () => await tryAgain(before))
      health = { ...health, trying }
    }
    return false
  }

  return {
    async look(key) {
      if (!isWell()) return await fallback.look(key)
      try {
        const found = await inTime(shared.look(key), timeoutMs)
        return {
          page: found.page,
          keep: async (page) => await inTime(found.keep(page), timeoutMs).catch(handleFault),
        }
      } catch (error) {
        handleFault(error)
        return await fallback.look(key)
      }
    },
    async forget() {
      await fallback.forget()
      if (isWell()) {
        try {
          return await inTime(shared.forget(), timeoutMs)
        } catch (error) {
          handleFault(error)
        }
      }
      if (health.kind === 'well') return
      isForgettingOwed = true
      // While it connects it may soon be done.
      if (health.trying) await inTime(health.trying, timeoutMs).catch(() => {})
    },
  }
}

class TooLateError extends Error {
  override readonly name = 'TooLateError'
}

async function inTime<T>(promise: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new TooLateError('no answer in time')), timeoutMs)
  })
  try {
    return await Promise.race([promise, tooLate])
  } finally {
    clearTimeout(timer)
  }
}
