/**
 * Several names or days in a row, with the language's own comma. `Intl.ListFormat` has no form for this: it says "and" in some
 * languages, and nothing at all between Chinese names.
 */
export function joinList(language: string, items: readonly string[]): string {
  const { language: base } = new Intl.Locale(language)
  const comma = base === 'ar' ? '، ' : base === 'ja' || base === 'zh' ? '、' : ', '
  return items.join(comma)
}
