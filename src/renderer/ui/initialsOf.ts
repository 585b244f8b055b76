/** One or two letters that stand for a name: the first of the first and of the last word. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/u).filter(Boolean)
  const first = firstLetter(words[0])
  const last = words.length > 1 ? firstLetter(words.at(-1)) : ''
  return (first + last).toLocaleUpperCase()
}

/** A grapheme, so that a letter with its marks (or an emoji) stays whole. */
function firstLetter(word: string | undefined): string {
  if (!word) return ''
  const [first] = new Intl.Segmenter().segment(word)
  return first?.segment ?? ''
}
