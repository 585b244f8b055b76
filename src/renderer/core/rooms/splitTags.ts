/** Words between commas: trimmed, lower case, each once. */
export function splitTags(text: string): string[] {
  const words = text
    .split(',')
    .map((word) => word.trim().replace(/^#/u, '').replaceAll(/\s+/gu, ' ').toLowerCase())
  return [...new Set(words.filter((word) => word !== ''))]
}
