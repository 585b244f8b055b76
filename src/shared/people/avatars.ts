/**
 * What a person may be drawn as beside their name, and in which colours: names of pictures that the app has, so that nothing is ever
 * uploaded or loaded. The database holds the same lists, in the constraint `profiles_avatar_check`.
 */
export const avatarPictures = [
  'bird',
  'cat',
  'dog',
  'fish',
  'flower',
  'leaf',
  'moon',
  'mountain',
  'rabbit',
  'snail',
  'squirrel',
  'turtle',
] as const
export type AvatarPicture = (typeof avatarPictures)[number]

export const avatarColors = ['moss', 'clay', 'slate', 'plum', 'straw', 'rose'] as const
export type AvatarColor = (typeof avatarColors)[number]

export interface AvatarChoice {
  readonly picture: AvatarPicture
  readonly color: AvatarColor
}

/** As it is kept. */
export const writeAvatar = ({ picture, color }: AvatarChoice): string => `${picture}-${color}`

/** Null for nothing, and for what this version cannot draw: then initials stand in its place. */
export function readAvatar(text: string | null | undefined): AvatarChoice | null {
  const [pictureName, colorName, ...rest] = (text ?? '').split('-')
  const picture = avatarPictures.find((known) => known === pictureName)
  const color = avatarColors.find((known) => known === colorName)
  return picture && color && rest.length === 0 ? { picture, color } : null
}
