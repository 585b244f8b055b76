import { createInstance, type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { en } from './catalogues/en/en.ts'

/** The catalogue, ready at once: it is part of the app's own code. React escapes, so the catalogue must not. */
export function createMessages(): i18n {
  const messages = createInstance()
  void messages.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    resources: { en: { translation: en } },
    initAsync: false,
    interpolation: { escapeValue: false },
    returnNull: false,
  })
  return messages
}
