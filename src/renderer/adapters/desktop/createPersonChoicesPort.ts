import { keptPersonChoicesSchema } from '../../../shared/people/personChoices.ts'
import type { PersonChoices, PersonChoicesPort } from '../../core/ports/personChoices.ts'

const NAME = 'studyhall.people'

/** In the page's own storage, which is this profile's. What cannot be read is nothing: everybody is as ever then. */
export function createPersonChoicesPort(storage: Pick<Storage, 'getItem' | 'setItem'>): PersonChoicesPort {
  let known: PersonChoices | null = null
  return {
    read() {
      known ??= parse(storage)
      return known
    },
    write(choices) {
      known = choices
      const people = [...choices].map(([userId, { volumePercent, isSilenced, isHidden }]) => ({
        userId,
        volumePercent,
        isSilenced,
        isHidden,
      }))
      try {
        storage.setItem(NAME, JSON.stringify({ version: 1, people }))
      } catch {
        // A full storage: it holds until the app closes.
      }
    },
  }
}

function parse(storage: Pick<Storage, 'getItem'>): PersonChoices {
  try {
    const { people } = keptPersonChoicesSchema.parse(JSON.parse(storage.getItem(NAME) ?? 'null'))
    return new Map(people.map(({ userId, ...choice }) => [userId, choice]))
  } catch {
    return new Map()
  }
}
