import type { PersonChoice } from '../../../shared/people/personChoices.ts'

/** Choices by the ids of the people they are about; whoever was changed last comes last. */
export type PersonChoices = ReadonlyMap<string, PersonChoice>

/** What is remembered of people from one call to the next, on this computer alone. */
export interface PersonChoicesPort {
  read(): PersonChoices
  /** Replaces what was there; where nothing can be kept it holds until the app closes. */
  write(choices: PersonChoices): void
}
