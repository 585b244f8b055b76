import type { LanguageTag } from '../../shared/languages/languages.ts'
import type { Catalogue } from './catalogues/catalogue.ts'
import { en } from './catalogues/en/en.ts'

/** Fetches a language's catalogue. Each but English is a chunk of its own, so that nobody loads what they do not read. */
const catalogues: { readonly [Tag in LanguageTag]: () => Promise<Catalogue<Tag>> } = {
  en: () => Promise.resolve(en),
  de: async () => (await import('./catalogues/de/de.ts')).de,
  es: async () => (await import('./catalogues/es/es.ts')).es,
  fr: async () => (await import('./catalogues/fr/fr.ts')).fr,
  'pt-BR': async () => (await import('./catalogues/pt-BR/ptBR.ts')).ptBR,
  ja: async () => (await import('./catalogues/ja/ja.ts')).ja,
  'zh-Hans': async () => (await import('./catalogues/zh-Hans/zhHans.ts')).zhHans,
  ar: async () => (await import('./catalogues/ar/ar.ts')).ar,
}

/** Rejects where the chunk cannot be read. */
export function loadCatalogue(tag: LanguageTag): Promise<object> {
  return catalogues[tag]()
}
