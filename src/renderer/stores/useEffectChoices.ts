import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { settingsSchema } from '../../shared/settings/settings.ts'
import { useApp, useDevices } from './services.ts'

/** One effect as a list to choose from. */
export interface EffectChoice {
  readonly label: string
  readonly value: string
  readonly options: readonly { readonly value: string; readonly label: string }[]
  readonly choose: (value: string) => void
}

const { background: backgrounds, noiseSuppression: suppressions } = settingsSchema.shape.effects.shape

/** Background and noise suppression as lists; a choice takes effect at once and is remembered. */
export function useEffectChoices(): {
  readonly background: EffectChoice
  readonly noiseSuppression: EffectChoice
} {
  const { t } = useTranslation()
  const { settings, backgroundPicture } = useApp()
  const { effects } = useDevices()
  const { background, noiseSuppression } = useStore(effects.store)
  const hasPicture = useStore(backgroundPicture.store, ({ picture }) => picture.kind === 'kept')
  useEffect(() => void backgroundPicture.read(), [backgroundPicture])
  // One's own picture can be chosen where there is one; what is chosen is always there to be seen.
  const offered = backgrounds.options.filter(
    (value) => value !== 'picture' || hasPicture || background.choice === 'picture',
  )
  return {
    background: {
      label: t('effects.background'),
      value: background.choice,
      options: offered.map((value) => ({ value, label: t(`effects.backgrounds.${value}`) })),
      choose(value) {
        const chosen = backgrounds.safeParse(value)
        if (!chosen.success) return
        settings.update({ effects: { background: chosen.data } })
        effects.chooseBackground(chosen.data)
      },
    },
    noiseSuppression: {
      label: t('effects.noise'),
      value: noiseSuppression.choice,
      options: suppressions.options.map((value) => ({ value, label: t(`effects.noises.${value}`) })),
      choose(value) {
        const chosen = suppressions.safeParse(value)
        if (!chosen.success) return
        settings.update({ effects: { noiseSuppression: chosen.data } })
        effects.chooseNoiseSuppression(chosen.data)
      },
    },
  }
}
