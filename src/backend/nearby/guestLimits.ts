/** How much one address may do. A bucket holds `burst` and gains `perSecond`. */
const buckets = {
  request: { burst: 400, perSecond: 60 },
  /** Wrong keys: each is a guess at 128 bits, and a log full of them helps nobody. */
  wrongKey: { burst: 20, perSecond: 1 / 30 },
  /** Accounts are made without anybody being asked; a host's disk is to hold them. */
  signUp: { burst: 20, perSecond: 1 / 60 },
} as const

type Kind = keyof typeof buckets

const CONNECTIONS_PER_ADDRESS = 64
/** Apps of guests; a room holds fifty people. */
export const GUESTS_MAX_COUNT = 60
/** Addresses that are remembered at a time. */
const ADDRESSES_MAX_COUNT = 1_000

type Account = {
  connections: number
  readonly buckets: Partial<Record<Kind, { level: number; atMs: number }>>
}

/** Counts what each address does, so that one guest cannot take the host's computer from the others. */
export type GuestLimits = {
  /** Whether one more connection is taken; each that is must be closed again. */
  readonly open: (address: string) => boolean
  readonly close: (address: string) => void
  /** Takes one from a bucket; false when it is empty. */
  readonly take: (address: string, kind: Kind) => boolean
  /** Whether something is left, without taking it. */
  readonly has: (address: string, kind: Kind) => boolean
}

export function createGuestLimits(nowMs: () => number): GuestLimits {
  const accounts = new Map<string, Account>()

  const accountOf = (address: string): Account => {
    const known = accounts.get(address)
    if (known !== undefined) return known
    if (accounts.size >= ADDRESSES_MAX_COUNT) forgetIdle()
    const fresh: Account = { connections: 0, buckets: {} }
    accounts.set(address, fresh)
    return fresh
  }
  const forgetIdle = (): void => {
    for (const [address, account] of accounts) if (account.connections === 0) accounts.delete(address)
  }
  const levelOf = (address: string, kind: Kind): number => {
    const { burst, perSecond } = buckets[kind]
    const bucket = accountOf(address).buckets[kind]
    if (bucket === undefined) return burst
    return Math.min(burst, bucket.level + ((nowMs() - bucket.atMs) / 1_000) * perSecond)
  }

  return {
    open: (address) => {
      const account = accountOf(address)
      if (account.connections >= CONNECTIONS_PER_ADDRESS) return false
      account.connections += 1
      return true
    },
    close: (address) => {
      const account = accountOf(address)
      account.connections = Math.max(0, account.connections - 1)
    },
    has: (address, kind) => levelOf(address, kind) >= 1,
    take: (address, kind) => {
      const level = levelOf(address, kind)
      const isThere = level >= 1
      accountOf(address).buckets[kind] = { level: isThere ? level - 1 : level, atMs: nowMs() }
      return isThere
    },
  }
}
