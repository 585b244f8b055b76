import { Search } from 'lucide-react'
import styles from './SearchField.module.css'

export interface SearchFieldProps {
  readonly label: string
  readonly value: string
  readonly maxLength?: number
  readonly onChange: (value: string) => void
}

/** A search box. Escape clears it, as the browser does by itself. */
export function SearchField({ label, value, maxLength, onChange }: SearchFieldProps) {
  return (
    <div className={styles['field']}>
      <Search size={16} aria-hidden className={styles['icon']} />
      <input
        type="search"
        className={styles['input']}
        aria-label={label}
        placeholder={label}
        value={value}
        maxLength={maxLength}
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  )
}
