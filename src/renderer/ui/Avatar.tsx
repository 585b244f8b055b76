import styles from './Avatar.module.css'
import { initialsOf } from './initialsOf.ts'

const hueCount = 6

/** The same person always gets the same of a few quiet hues. */
function hueOf(seed: string): number {
  let sum = 0
  for (const letter of seed) sum = (sum * 33 + (letter.codePointAt(0) ?? 0)) % 65_521
  return sum % hueCount
}

export interface AvatarProps {
  readonly name: string
  /** Pixels across. */
  readonly size: number
}

/** A person's initials in a quiet disc. Decorative: the name stands beside it. */
export function Avatar({ name, size }: AvatarProps) {
  return (
    <span
      aria-hidden
      className={styles['avatar']}
      data-hue={hueOf(name)}
      style={{ width: size, height: size, fontSize: size * 0.38 }}
    >
      {initialsOf(name)}
    </span>
  )
}
