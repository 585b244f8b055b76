import type { LanguageTag } from '../../shared/languages/languages.ts'
import type { Catalogue } from './catalogues/catalogue.ts'
import { en } from './catalogues/en/en.ts'

/** Fetches a language's catalogue. Each but English is a chunk of its own, so that nobody loads what they do not read. */
const catalogues: { readonly [Tag in LanguageTag]: () => Promise<Catalogue<Tag>> } = {
  en: async () => en,
  de: async () => (await import('./catalogues/de/de.ts')).de,
}

/** Rejects where the chunk cannot be read. */
export function loadCatalogue(tag: LanguageTag): Promise<object> {
  return catalogues[tag]()
}
