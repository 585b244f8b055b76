import { useId } from 'react'
import styles from './RadioGroup.module.css'

export interface RadioOption<V extends string> {
  readonly value: V
  readonly label: string
  readonly hint?: string
}

export interface RadioGroupProps<V extends string> {
  readonly label: string
  readonly value: V
  readonly options: readonly RadioOption<V>[]
  readonly onChange: (value: V) => void
}

/** A choice of one among few, all of them in sight. */
export function RadioGroup<V extends string>({ label, value, options, onChange }: RadioGroupProps<V>) {
  const name = useId()
  return (
    <fieldset className={styles['group']}>
      <legend className={styles['legend']}>{label}</legend>
      <div className={styles['options']}>
        {options.map((option) => (
          <div key={option.value} className={styles['option']} data-checked={option.value === value}>
            <input
              type="radio"
              id={`${name}-${option.value}`}
              name={name}
              className={styles['input']}
              checked={option.value === value}
              aria-describedby={option.hint ? `${name}-${option.value}-hint` : undefined}
              onChange={() => onChange(option.value)}
            />
            <label htmlFor={`${name}-${option.value}`} className={styles['label']}>
              {option.label}
            </label>
            {option.hint ? (
              <span id={`${name}-${option.value}-hint`} className={styles['hint']}>
                {option.hint}
              </span>
            ) : null}
          </div>
        ))}
      </div>
    </fieldset>
  )
}
