import { X } from 'lucide-react'
import { type KeyboardEvent, useEffect, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { acceleratorOf, type KeyPress, writeAccelerator } from '../../../shared/shortcuts/accelerator.ts'
import { useApp } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import styles from './Settings.module.css'

export interface ShortcutRecorderProps {
  /** What the button is called while it shows the keys. */
  readonly label: string
  /** The keys as people read them. */
  readonly shown: string
  /** What is said while keys are awaited. */
  readonly prompt: string
  readonly describedBy?: string | undefined
  /** Answers what to keep of a press; null: wait for more. */
  readonly read: (press: KeyPress) => string | null
  readonly onChange: (keys: string) => void
  /** With a name, a cross takes the keys away; Backspace does while recording. */
  readonly clear?: { readonly label: string; readonly onClear: () => void } | undefined
}

/** Shows keys, and takes others by having them pressed. Until then no key of the app does anything. */
export function ShortcutRecorder(props: ShortcutRecorderProps) {
  const { label, shown, prompt, describedBy, read, onChange, clear } = props
  const { t } = useTranslation()
  const { keys } = useApp()
  const [isRecording, setRecording] = useState(false)
  const hintId = useId()
  useEffect(() => {
    if (!isRecording) return undefined
    keys.setRecording(true)
    return () => keys.setRecording(false)
  }, [isRecording, keys])

  const handleKey = (event: KeyboardEvent) => {
    if (!isRecording) return
    // Tab goes on, as everywhere; the loss of focus ends the recording.
    if (event.key === 'Tab' && !event.ctrlKey && !event.altKey && !event.metaKey) return
    event.preventDefault()
    event.stopPropagation()
    const isBare = !event.ctrlKey && !event.altKey && !event.metaKey && !event.shiftKey
    if (event.key === 'Escape' && isBare) return setRecording(false)
    if (isBare && (event.key === 'Backspace' || event.key === 'Delete') && clear !== undefined) {
      clear.onClear()
      return setRecording(false)
    }
    const pressed = read(event)
    if (pressed === null) return
    onChange(pressed)
    setRecording(false)
  }

  return (
    <>
      <span className={styles['keys']}>
        <Button
          wide
          aria-label={isRecording ? prompt : label}
          aria-describedby={isRecording ? hintId : describedBy}
          onClick={() => setRecording(true)}
          onKeyDown={handleKey}
          onBlur={() => setRecording(false)}
        >
          {isRecording ? prompt : <bdi dir="ltr">{shown}</bdi>}
        </Button>
      </span>
      {clear === undefined || isRecording ? null : (
        <Button
          variant="quiet"
          iconOnly
          icon={<X size={16} aria-hidden />}
          aria-label={clear.label}
          title={clear.label}
          onClick={clear.onClear}
        />
      )}
      {isRecording ? (
        <span id={hintId} role="status" className={styles['recordingHint']}>
          {clear === undefined ? '' : t('settings.shortcuts.recordingHint')}
        </span>
      ) : null}
    </>
  )
}

/** A combination; modifiers alone are not one yet. */
export function readCombination(press: KeyPress): string | null {
  const accelerator = acceleratorOf(press)
  return accelerator === null ? null : writeAccelerator(accelerator)
}
