import {
  Bird,
  Cat,
  Dog,
  Fish,
  Flower2,
  Leaf,
  Moon,
  Mountain,
  Rabbit,
  Snail,
  Squirrel,
  Turtle,
} from 'lucide-react'
import { avatarColors, type AvatarPicture, readAvatar } from '../../shared/people/avatars.ts'
import type { AvatarDrawing } from '../ui/Avatar.tsx'

const icons: Readonly<Record<AvatarPicture, AvatarDrawing['Icon']>> = {
  bird: Bird,
  cat: Cat,
  dog: Dog,
  fish: Fish,
  flower: Flower2,
  leaf: Leaf,
  moon: Moon,
  mountain: Mountain,
  rabbit: Rabbit,
  snail: Snail,
  squirrel: Squirrel,
  turtle: Turtle,
}

/** How a picture is drawn; null: by initials. */
export function drawAvatar(avatar: string | null | undefined): AvatarDrawing | null {
  const choice = readAvatar(avatar)
  return choice === null ? null : { Icon: icons[choice.picture], hue: avatarColors.indexOf(choice.color) }
}
