import { directionOf, type LanguageTag } from '../../shared/languages/languages.ts'

/** Which language the app speaks, and which it would if the person had chosen none. */
export interface SpokenLanguages {
  readonly spoken: LanguageTag
  readonly system: LanguageTag
}

/**
 * The app's page, saying its language before its first line of script: nothing is drawn in another one, or from the other side.
 * The page reads both back from its root element.
 */
export function languagePage(html: string, { spoken, system }: SpokenLanguages): string {
  const root = `<html lang="${spoken}" dir="${directionOf(spoken)}" data-system-language="${system}"`
  return html.replace(/<html(?: lang="[^"]*")?/, root)
}
