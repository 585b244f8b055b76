import { ChevronDown } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import styles from './Select.module.css'

export interface SelectOption {
  readonly value: string
  readonly label: string
  /** The label's language, where it is not the page's. */
  readonly lang?: string
}

export interface SelectProps {
  readonly label: string
  readonly icon?: ReactNode
  readonly value: string
  readonly options: readonly SelectOption[]
  readonly disabled?: boolean
  /** The id of what explains the choice. */
  readonly describedBy?: string
  /** The label stands beside the choice, and both take no more room than they need. */
  readonly inline?: boolean
  readonly onChange: (value: string) => void
}

/** A choice of one. The system's own list: it is known, fast and speaks to every assistive technology. */
export function Select({
  label,
  icon,
  value,
  options,
  disabled = false,
  describedBy,
  inline = false,
  onChange,
}: SelectProps) {
  const id = useId()
  return (
    <div className={styles['field']} data-inline={inline || undefined}>
      <label htmlFor={id} className={styles['label']}>
        {label}
      </label>
      <div className={styles['box']}>
        {icon ? <span className={styles['icon']}>{icon}</span> : null}
        <select
          id={id}
          className={styles['select']}
          data-icon={icon ? true : undefined}
          value={value}
          disabled={disabled}
          aria-describedby={describedBy}
          onChange={(event) => onChange(event.target.value)}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value} lang={option.lang}>
              {option.label}
            </option>
          ))}
        </select>
        <ChevronDown size={16} aria-hidden className={styles['arrow']} />
      </div>
    </div>
  )
}
