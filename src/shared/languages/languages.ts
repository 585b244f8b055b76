/**
 * The languages that Studyhall speaks, in the order in which they are offered, by their BCP 47 tags; each says its name itself, so
 * that whoever does not read the language in use still finds their own.
 */
export const languages = [
  { tag: 'en', name: 'English' },
  { tag: 'de', name: 'Deutsch' },
  { tag: 'es', name: 'Español' },
  { tag: 'fr', name: 'Français' },
  { tag: 'pt-BR', name: 'Português (Brasil)' },
  { tag: 'ja', name: '日本語' },
  { tag: 'zh-Hans', name: '简体中文' },
  { tag: 'ar', name: 'العربية' },
] as const

export type LanguageTag = (typeof languages)[number]['tag']

/** Which way its lines are read, for `dir`. */
export function directionOf(tag: LanguageTag): 'ltr' | 'rtl' {
  return tag === 'ar' ? 'rtl' : 'ltr'
}

/**
 * The language to speak to somebody who wants these, most wanted first: the first that is spoken here in the same script; if there
 * is none, the first in another script (Traditional Chinese gets Simplified); if there is none either, English. A region never
 * decides: one who wants `pt-PT` reads Brazilian Portuguese rather than English. Tags that cannot be read count as not said.
 */
export function matchLanguage(wanted: readonly string[]): LanguageTag {
  const wishes = wanted.map(readTag).filter((wish) => wish !== null)
  const inScript = wishes.map(({ language, script }) =>
    spoken.find((known) => known.language === language && known.script === script),
  )
  const inAnyScript = wishes.map(({ language }) => spoken.find((known) => known.language === language))
  return [...inScript, ...inAnyScript].find((match) => match !== undefined)?.tag ?? 'en'
}

const spoken = languages.map(({ tag }) => {
  const { language, script } = new Intl.Locale(tag).maximize()
  return { tag, language, script }
})

function readTag(tag: string) {
  try {
    return new Intl.Locale(tag).maximize()
  } catch {
    return null
  }
}
