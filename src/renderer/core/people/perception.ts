import type { PersonChoice } from '../../../shared/people/personChoices.ts'
import { PERSON_CHOICES_MAX_COUNT } from '../../../shared/limits.ts'
import type { Perception, Perceptions } from '../ports/perception.ts'
import type { PersonChoices } from '../ports/personChoices.ts'

/** Of somebody about whom nothing was chosen. */
export const ordinaryChoice: PersonChoice = { volumePercent: 100, isSilenced: false, isHidden: false }

export function selectChoice(choices: PersonChoices, userId: string): PersonChoice {
  return choices.get(userId) ?? ordinaryChoice
}

/** The choices after a change; what is as ever again is not kept, and neither is the oldest where there are too many. */
export function changeChoice(
  choices: PersonChoices,
  userId: string,
  change: Partial<PersonChoice>,
): PersonChoices {
  const before = selectChoice(choices, userId)
  const percent = Math.round(Math.min(100, Math.max(0, change.volumePercent ?? before.volumePercent)))
  const next: PersonChoice = { ...before, ...change, volumePercent: percent }
  const others = [...choices].filter(([known]) => known !== userId)
  const isOrdinary = next.volumePercent === 100 && !next.isSilenced && !next.isHidden
  return new Map(isOrdinary ? others : [...others, [userId, next] as const].slice(-PERSON_CHOICES_MAX_COUNT))
}

/** Nothing is seen or heard of whom we have blocked, whatever was chosen about them, and they see nothing of us. */
function selectPerception(choice: PersonChoice, isBlocked: boolean, isDeafened: boolean): Perception {
  if (isBlocked) return { isSeen: false, volume: 0, seesUs: false }
  return {
    isSeen: !choice.isHidden,
    volume: choice.isSilenced || isDeafened ? 0 : choice.volumePercent / 100,
    seesUs: true,
  }
}

/** How the people of a call are perceived. */
export function selectPerceptions(
  people: readonly { readonly userId: string; readonly connectionId: string }[],
  known: {
    readonly choices: PersonChoices
    readonly blockedIds: readonly string[]
    readonly isDeafened: boolean
  },
): Perceptions {
  const blocked = new Set(known.blockedIds)
  return new Map(
    people.map(({ userId, connectionId }) => [
      connectionId,
      selectPerception(selectChoice(known.choices, userId), blocked.has(userId), known.isDeafened),
    ]),
  )
}

export function areSamePerceptions(a: Perceptions, b: Perceptions): boolean {
  return (
    a.size === b.size &&
    [...a].every(([connectionId, { isSeen, volume, seesUs }]) => {
      const other = b.get(connectionId)
      return other?.isSeen === isSeen && other.volume === volume && other.seesUs === seesUs
    })
  )
}
