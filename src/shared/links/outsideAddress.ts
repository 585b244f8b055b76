/** Of an address that may leave the app; longer ones nobody reads before opening them. */
const MAX_LENGTH = 2_048
/** Host in ASCII with a top-level name, so that no number is read as an IP address; port; and the rest. */
const pattern =
  /^https:\/\/(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z](?:[a-z0-9-]*[a-z0-9])?(?::(\d{1,5}))?(?:[/?#][^\s\\]*)?$/iu

/**
 * SECURITY: whether an address may be handed to the system's browser: https, and it says plainly where it leads. No name or password in
 * it, no characters that a parser reads as another host than a person does.
 */
export function isOutsideAddress(text: string): boolean {
  const match = text.length <= MAX_LENGTH ? pattern.exec(text) : null
  return match !== null && Number(match[1] ?? 443) <= 65_535
}
