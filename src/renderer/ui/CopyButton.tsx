import { Check, Copy } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Button, type ButtonProps } from './Button.tsx'
import styles from './CopyButton.module.css'

export interface CopyButtonProps extends Pick<ButtonProps, 'variant' | 'wide'> {
  readonly label: string
  /** The label once it is done. */
  readonly copiedLabel: string
  /** What goes to the clipboard, asked for with each press; null: there is nothing, for a reason that is said elsewhere. */
  readonly text: () => string | Promise<string | null>
  /** What is said where it could not be copied. */
  readonly failure: ReactNode
}

/** Copies a text, and says whether that worked: the system may refuse it. */
export function CopyButton({ label, copiedLabel, text, failure, ...look }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<'none' | 'busy' | 'copied' | 'failed'>('none')
  const copy = async () => {
    setOutcome('busy')
    try {
      const found = await text()
      if (found !== null) await navigator.clipboard.writeText(found)
      setOutcome(found === null ? 'none' : 'copied')
    } catch {
      setOutcome('failed')
    }
  }
  const Icon = outcome === 'copied' ? Check : Copy
  return (
    <>
      <Button
        {...look}
        busy={outcome === 'busy'}
        icon={<Icon size={16} aria-hidden />}
        onClick={() => void copy()}
      >
        {outcome === 'copied' ? copiedLabel : label}
      </Button>
      {outcome === 'failed' ? <output className={styles['failure']}>{failure}</output> : null}
    </>
  )
}
