import { Avatar } from '../ui/Avatar.tsx'
import { drawAvatar } from './avatarDrawings.ts'

export interface PersonAvatarProps {
  readonly name: string
  /** As their profile has it. */
  readonly avatar: string | null | undefined
  /** Pixels across. */
  readonly size: number
}

/** Somebody's picture, or their initials where they have chosen none. Decorative: the name stands beside it. */
export function PersonAvatar({ name, avatar, size }: PersonAvatarProps) {
  return <Avatar name={name} size={size} drawing={drawAvatar(avatar)} />
}
