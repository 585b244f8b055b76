import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import {
  avatarColors,
  type AvatarColor,
  avatarPictures,
  type AvatarPicture,
  readAvatar,
  writeAvatar,
} from '../../shared/people/avatars.ts'
import { PersonAvatar } from './PersonAvatar.tsx'
import styles from './AvatarChoice.module.css'

export interface AvatarChoiceProps {
  readonly name: string
  readonly avatar: string | null
  readonly onChange: (avatar: string | null) => void
}

/** A choice of what one is drawn as, and in which colour; or of one's initials. */
export function AvatarChoice({ name, avatar, onChange }: AvatarChoiceProps) {
  const { t } = useTranslation()
  const chosen = readAvatar(avatar)
  const color: AvatarColor = chosen?.color ?? 'moss'
  return (
    <>
      <Discs
        label={t('settings.profile.picture')}
        value={chosen?.picture ?? 'initials'}
        options={[
          { value: 'initials' as const, label: t('settings.profile.initials'), avatar: null },
          ...avatarPictures.map((picture) => ({
            value: picture,
            label: t(`settings.profile.pictures.${picture}`),
            avatar: writeAvatar({ picture, color }),
          })),
        ]}
        name={name}
        onChange={(picture: AvatarPicture | 'initials') =>
          onChange(picture === 'initials' ? null : writeAvatar({ picture, color }))
        }
      />
      {chosen === null ? null : (
        <Discs
          label={t('settings.profile.color')}
          value={chosen.color}
          options={avatarColors.map((value) => ({
            value,
            label: t(`settings.profile.colors.${value}`),
            avatar: writeAvatar({ ...chosen, color: value }),
          }))}
          name={name}
          onChange={(value: AvatarColor) => onChange(writeAvatar({ ...chosen, color: value }))}
        />
      )}
    </>
  )
}

/** A choice of one among discs, each with its name for those who do not see it. */
function Discs<V extends string>(props: {
  readonly label: string
  readonly value: V
  readonly name: string
  readonly options: readonly { readonly value: V; readonly label: string; readonly avatar: string | null }[]
  readonly onChange: (value: V) => void
}) {
  const group = useId()
  return (
    <fieldset className={styles['group']}>
      <legend className={styles['legend']}>{props.label}</legend>
      <div className={styles['discs']}>
        {props.options.map(({ value, label, avatar }) => (
          <label key={value} className={styles['disc']} title={label}>
            <input
              type="radio"
              name={group}
              className={styles['input']}
              aria-label={label}
              checked={value === props.value}
              onChange={() => props.onChange(value)}
            />
            <PersonAvatar name={props.name} avatar={avatar} size={44} />
          </label>
        ))}
      </div>
    </fieldset>
  )
}
