import { ImagePlus } from 'lucide-react'
import { useId, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { useApp, useDevices } from '../../stores/services.ts'
import { useEffectChoices } from '../../stores/useEffectChoices.ts'
import { Button } from '../../ui/Button.tsx'
import { Notice } from '../../ui/Notice.tsx'
import styles from './OwnBackground.module.css'
import panelStyles from './Settings.module.css'

/** One's own picture to sit in front of: chosen, seen, removed. */
export function OwnBackground() {
  const { t } = useTranslation()
  const { backgroundPicture } = useApp()
  const { effects } = useDevices()
  const { background } = useEffectChoices()
  const { picture, isBusy, failure } = useStore(backgroundPicture.store)
  const input = useRef<HTMLInputElement>(null)
  const chooseButton = useRef<HTMLButtonElement>(null)
  const titleId = useId()
  const hintId = useId()

  const choose = async (file: File | undefined) => {
    if (file !== undefined && (await backgroundPicture.choose(file))) background.choose('picture')
  }
  const remove = async () => {
    if (!(await backgroundPicture.remove())) return
    chooseButton.current?.focus()
    // Whoever sat in front of it does not sit in front of their room all at once.
    if (effects.store.getState().background.choice === 'picture') background.choose('blur')
  }
  return (
    <>
      <div className={styles['field']} role="group" aria-labelledby={titleId} aria-describedby={hintId}>
        {picture.kind === 'kept' ? (
          <img className={styles['picture']} src={picture.url} alt={t('effects.picture.alt')} />
        ) : null}
        <div className={styles['words']}>
          <span id={titleId} className={styles['title']}>
            {t('effects.picture.title')}
          </span>
          <p id={hintId} className={panelStyles['hint']}>
            {t('effects.picture.hint')}
          </p>
          <div className={styles['buttons']}>
            <Button
              ref={chooseButton}
              busy={isBusy}
              icon={<ImagePlus size={16} aria-hidden />}
              onClick={() => input.current?.click()}
            >
              {isBusy
                ? t('effects.picture.taking')
                : t(picture.kind === 'kept' ? 'effects.picture.chooseAnother' : 'effects.picture.choose')}
            </Button>
            {picture.kind === 'kept' ? (
              <Button variant="quiet" busy={isBusy} onClick={() => void remove()}>
                {t('effects.picture.remove')}
              </Button>
            ) : null}
          </div>
          <input
            ref={input}
            type="file"
            hidden
            accept="image/png,image/jpeg,image/webp"
            onChange={({ currentTarget }) => {
              void choose(currentTarget.files?.[0])
              // The same file again is a choice, too.
              currentTarget.value = ''
            }}
          />
        </div>
      </div>
      {failure === null ? null : <Notice tone="danger">{t(`effects.picture.failure.${failure}`)}</Notice>}
    </>
  )
}
