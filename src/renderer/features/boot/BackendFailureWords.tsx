import { useTranslation } from 'react-i18next'
import { describeBackendFailure, needsBackendDetails } from '../../messages/describeFailure.ts'
import styles from './BackendFailureWords.module.css'

export interface BackendFailureWordsProps {
  /** `message` is the backend's own sentence about what is wrong, in English: it names files and variables of this computer. */
  readonly failure: { readonly kind: string; readonly message: string }
}

/** Why the backend does not run, in the person's language; its own words for whoever wants to know more. */
export function BackendFailureWords({ failure }: BackendFailureWordsProps) {
  const { t } = useTranslation()
  const known = describeBackendFailure(t, failure.kind)
  const own = (
    <bdi lang="en" className={styles['own']}>
      {failure.message}
    </bdi>
  )
  if (known === '') return own
  return (
    <>
      {known}
      <details className={styles['details']} open={needsBackendDetails(failure.kind)}>
        <summary>{t('boot.details')}</summary>
        {own}
      </details>
    </>
  )
}
