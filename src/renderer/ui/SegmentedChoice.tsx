import { useId } from 'react'
import styles from './SegmentedChoice.module.css'

export interface SegmentedChoiceProps<V extends string> {
  readonly label: string
  readonly value: V
  readonly options: readonly { readonly value: V; readonly label: string }[]
  readonly onChange: (value: V) => void
}

/** A small choice of one, side by side. */
export function SegmentedChoice<V extends string>({
  label,
  value,
  options,
  onChange,
}: SegmentedChoiceProps<V>) {
  const name = useId()
  return (
    <fieldset>
      <legend className={styles['legend']}>{label}</legend>
      <div className={styles['track']}>
        {options.map((option) => (
          <label key={option.value} className={styles['segment']}>
            <input
              type="radio"
              name={name}
              className={styles['input']}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
