import type { ComponentType } from 'react'
import styles from './Avatar.module.css'
import { initialsOf } from './initialsOf.ts'

export const avatarHueCount = 6

/** The same person always gets the same of a few quiet hues. */
function hueOf(seed: string): number {
  let sum = 0
  for (const letter of seed) sum = (sum * 33 + (letter.codePointAt(0) ?? 0)) % 65_521
  return sum % avatarHueCount
}

/** What is drawn in place of initials, on one of the hues, counted from 0. */
export interface AvatarDrawing {
  readonly Icon: ComponentType<{ readonly size: number; readonly strokeWidth: number }>
  readonly hue: number
}

export interface AvatarProps {
  readonly name: string
  /** Pixels across. */
  readonly size: number
  readonly drawing?: AvatarDrawing | null
}

/** A person's picture, or their initials, in a quiet disc. Decorative: the name stands beside it. */
export function Avatar({ name, size, drawing = null }: AvatarProps) {
  return (
    <span
      aria-hidden
      className={styles['avatar']}
      data-hue={drawing?.hue ?? hueOf(name)}
      style={{ width: size, height: size, fontSize: size * 0.38 }}
    >
      {drawing === null ? initialsOf(name) : <drawing.Icon size={size * 0.58} strokeWidth={1.75} />}
    </span>
  )
}
