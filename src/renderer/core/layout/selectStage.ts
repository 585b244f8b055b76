/** Somebody as far as the large place is concerned. */
export interface StagePerson {
  readonly connectionId: string
  readonly isScreensharing: boolean
}

/** What has the large place. Null: nobody else is here. */
export type Stage = { readonly connectionId: string; readonly kind: 'camera' | 'screen' } | null

/**
 * What has the large place of a speaker view: whom the person has put there; else the first screen that is shared; else who speaks; else
 * whoever came first, so that it is never empty while anybody is here.
 */
export function selectStage(
  people: readonly StagePerson[],
  { pinned, speaker }: { readonly pinned: string | null; readonly speaker: string | null },
): Stage {
  const find = (connectionId: string | null): StagePerson | undefined =>
    people.find((person) => person.connectionId === connectionId)
  const chosen = find(pinned)
  if (chosen !== undefined) return { connectionId: chosen.connectionId, kind: 'camera' }
  const sharing = people.find(({ isScreensharing }) => isScreensharing)
  if (sharing !== undefined) return { connectionId: sharing.connectionId, kind: 'screen' }
  const shown = find(speaker) ?? people[0]
  return shown === undefined ? null : { connectionId: shown.connectionId, kind: 'camera' }
}
