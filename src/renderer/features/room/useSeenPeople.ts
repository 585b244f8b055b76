import { useMemo } from 'react'
import { useStore } from 'zustand'
import type { PersonSnapshot } from '../../core/call/callSnapshot.ts'
import { useRoom } from '../../stores/services.ts'

/** Whether somebody's picture is wanted: neither hidden nor blocked. */
export function useIsSeen(userId: string): boolean {
  const { people, personChoices } = useRoom()
  const isBlocked = useStore(people.store, ({ blockedIds }) => blockedIds.includes(userId))
  const isHidden = useStore(personChoices.store, ({ choices }) => choices[userId]?.isHidden === true)
  return !isBlocked && !isHidden
}

/** Those whose picture and screen are wanted, in the same order. */
export function useSeenPeople(others: readonly PersonSnapshot[]): readonly PersonSnapshot[] {
  const { people, personChoices } = useRoom()
  const blockedIds = useStore(people.store, (snapshot) => snapshot.blockedIds)
  const choices = useStore(personChoices.store, (snapshot) => snapshot.choices)
  return useMemo(
    () => others.filter(({ userId }) => !blockedIds.includes(userId) && choices[userId]?.isHidden !== true),
    [others, blockedIds, choices],
  )
}
