import { useId } from 'react'
import styles from './Slider.module.css'

export interface SliderProps {
  readonly label: string
  readonly value: number
  readonly min: number
  readonly max: number
  readonly step: number
  /** The value in words. */
  readonly valueText: string
  readonly onChange: (value: number) => void
}

/** A number between two, changed at once as it is moved; by the arrow keys in steps. */
export function Slider({ label, value, min, max, step, valueText, onChange }: SliderProps) {
  const id = useId()
  return (
    <div className={styles['field']}>
      <label htmlFor={id} className={styles['label']}>
        {label}
      </label>
      <output htmlFor={id} className={styles['value']}>
        {valueText}
      </output>
      <input
        id={id}
        type="range"
        className={styles['input']}
        min={min}
        max={max}
        step={step}
        value={value}
        aria-valuetext={valueText}
        onChange={(event) => onChange(event.target.valueAsNumber)}
      />
    </div>
  )
}
