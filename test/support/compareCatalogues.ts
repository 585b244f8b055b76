/** A catalogue's texts by their keys, joined by dots: `room.chat.send`; the parts of a list by their place: `settings.privacy.seen.0`. */
export type FlatCatalogue = ReadonlyMap<string, string>

export function flatten(catalogue: object): FlatCatalogue {
  const texts = new Map<string, string>()
  const add = (part: object, path: string): void => {
    for (const [key, value] of Object.entries(part) as readonly [string, unknown][]) {
      if (typeof value === 'string') texts.set(`${path}${key}`, value)
      else if (typeof value === 'object' && value !== null) add(value, `${path}${key}.`)
    }
  }
  add(catalogue, '')
  return texts
}

/** What is wrong with a catalogue beside English, by key; all empty where nothing is. */
export interface CatalogueFaults {
  readonly missing: readonly string[]
  readonly surplus: readonly string[]
  /** Without a letter, or with a space at an end. */
  readonly blank: readonly string[]
  /** Other placeholders, or another number of lines, than English. */
  readonly broken: readonly string[]
  /** The very words of English. */
  readonly untranslated: readonly string[]
}

/** Compares a language's catalogue with English: the same keys, each count in exactly the forms that CLDR has for the language. */
export function compareCatalogues(english: object, catalogue: object, tag: string): CatalogueFaults {
  const source = flatten(english)
  const texts = flatten(catalogue)
  const forms: readonly string[] = new Intl.PluralRules(tag).resolvedOptions().pluralCategories
  // Of each wanted key, the key of English that it says.
  const wanted = new Map(
    [...source.keys()].flatMap((key) => {
      if (isPlural(source, key, 'one')) return []
      if (!isPlural(source, key, 'other')) return [[key, key] as const]
      return forms.map((form) => [key.replace(/_other$/, `_${form}`), key] as const)
    }),
  )
  const present = [...wanted].flatMap(([key, sourceKey]) => {
    const text = texts.get(key)
    return text === undefined ? [] : [{ key, text, english: source.get(sourceKey) ?? '' }]
  })
  const keysOf = (faulty: readonly { readonly key: string }[]) => faulty.map(({ key }) => key)
  return {
    missing: [...wanted.keys()].filter((key) => !texts.has(key)),
    surplus: [...texts.keys()].filter((key) => !wanted.has(key)),
    blank: keysOf(present.filter(({ text }) => text.trim() !== text || text === '')),
    broken: keysOf(present.filter((one) => !hasSameParts(one))),
    untranslated: keysOf(present.filter(({ text, english }) => text === english)),
  }
}

/** A count's form; `not_done` and `short_break` are plain keys that happen to have the look. */
function isPlural(source: FlatCatalogue, key: string, form: 'one' | 'other'): boolean {
  const base = key.replace(/_[a-z]+$/, '')
  return key.endsWith(`_${form}`) && source.has(`${base}_one`) && source.has(`${base}_other`)
}

function hasSameParts({ key, text, english }: { key: string; text: string; english: string }): boolean {
  // Where a form is for one number only, that can be a word: "two people" has its own in Arabic.
  const isOneNumber = /_(zero|one|two)$/.test(key)
  const parts = (sentence: string): string =>
    [...sentence.matchAll(/\{\{[^}]*\}\}|\n/g)]
      .map(([part]) => part)
      .filter((part) => !isOneNumber || part !== '{{count}}')
      .sort()
      .join()
  return parts(text) === parts(english)
}
