/**
 * What the person's system wants, most wanted first, as BCP 47 tags. `STUDYHALL_LANGUAGES` (comma-separated) speaks for the system:
 * tests and pictures are the same on every computer.
 */
export function readSystemLanguages(
  environment: Readonly<Record<string, string | undefined>>,
  system: () => readonly string[],
): readonly string[] {
  const stated = environment['STUDYHALL_LANGUAGES']?.split(',').map((tag) => tag.trim())
  return stated?.some((tag) => tag !== '') === true ? stated : system()
}
