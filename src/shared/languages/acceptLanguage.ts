/** Wishes beyond these nobody has by hand; what is longer is not read. */
const HEADER_MAX_LENGTH = 500

/**
 * The languages of an `Accept-Language` header (RFC 9110, 12.5.4) as BCP 47 tags, most wanted first; those with the same weight in the
 * order in which they stand. What is refused (`q=0`), stands for any (`*`) or cannot be read is left out.
 */
export function readAcceptLanguage(header: string): readonly string[] {
  if (header.length > HEADER_MAX_LENGTH) return []
  return header
    .split(',')
    .map(readWish)
    .filter((wish) => wish !== null)
    .toSorted((left, right) => right.weight - left.weight)
    .map(({ tag }) => tag)
}

const wishPattern = /^([a-z]{1,8}(?:-[a-z\d]{1,8})*)(?:[ \t]*;[ \t]*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?))?$/iu

function readWish(text: string): { readonly tag: string; readonly weight: number } | null {
  const [, tag, weight = '1'] = wishPattern.exec(text.trim()) ?? []
  return tag === undefined || Number(weight) === 0 ? null : { tag, weight: Number(weight) }
}
