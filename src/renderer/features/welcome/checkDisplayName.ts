import { DISPLAY_NAME_MAX_LENGTH } from '../../../shared/limits.ts'

/** What is wrong with a name before it is sent, or null. */
export function checkDisplayName(name: string): 'missing' | 'tooLong' | null {
  const length = name.trim().length
  if (length === 0) return 'missing'
  return length > DISPLAY_NAME_MAX_LENGTH ? 'tooLong' : null
}
