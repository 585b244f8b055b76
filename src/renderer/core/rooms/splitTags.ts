/** Words between commas, also those of Chinese, Japanese and Arabic: trimmed, lower case, each once. */
export function splitTags(text: string): string[] {
  const words = text
    .split(/[,，、،]/u)
    .map((word) => word.trim().replace(/^#/u, '').replaceAll(/\s+/gu, ' ').toLowerCase())
  return [...new Set(words.filter((word) => word !== ''))]
}
