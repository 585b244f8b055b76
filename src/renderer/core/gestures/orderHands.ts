import type { CallSnapshot } from '../call/callSnapshot.ts'

/** Somebody whose hand is up. */
export interface RaisedHand {
  readonly userId: string
  readonly displayName: string
  readonly isSelf: boolean
}

type Live = Pick<Extract<CallSnapshot, { kind: 'live' }>, 'self' | 'others'>

/** Everybody whose hand is up, in the order of raising: the database stamps them all by one clock, and in one notation. */
export function orderHands({ self, others }: Live): readonly RaisedHand[] {
  return [{ ...self, isSelf: true }, ...others.map((person) => ({ ...person, isSelf: false }))]
    .flatMap(({ userId, displayName, handRaisedAt, isSelf }) =>
      handRaisedAt === null ? [] : [{ userId, displayName, handRaisedAt, isSelf }],
    )
    .sort((a, b) => (a.handRaisedAt < b.handRaisedAt ? -1 : a.handRaisedAt > b.handRaisedAt ? 1 : 0))
    .map(({ userId, displayName, isSelf }) => ({ userId, displayName, isSelf }))
}
