import { createInstance, type FormatterModule, type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { directionOf, type LanguageTag, matchLanguage } from '../../shared/languages/languages.ts'
import { en } from './catalogues/en/en.ts'
import { loadCatalogue } from './loadCatalogue.ts'

/** The catalogues, in English at first: it is part of the app's own code. React escapes, so the catalogue must not. */
export function createMessages(): i18n {
  const messages = createInstance()
  void messages
    .use(initReactI18next)
    .use(valuesByLocale)
    .init({
      lng: 'en',
      fallbackLng: 'en',
      // A tag is looked up as it is: there is no `pt` or `zh` behind `pt-BR` and `zh-Hans`.
      load: 'currentOnly',
      resources: { en: { translation: en } },
      initAsync: false,
      interpolation: { escapeValue: false, alwaysFormat: true },
      returnNull: false,
    })
  return messages
}

/**
 * Turns everything that is said into another language; its catalogue is fetched the first time. Rejects where that cannot be
 * fetched, and leaves the language as it was; so does one that is not wanted any more when it comes.
 */
export async function speak(messages: i18n, tag: LanguageTag, isWanted = () => true): Promise<void> {
  if (!messages.hasResourceBundle(tag, 'translation')) {
    messages.addResourceBundle(tag, 'translation', await loadCatalogue(tag))
  }
  if (isWanted()) await messages.changeLanguage(tag)
}

/**
 * Puts figures and names into sentences as the language has them. Numbers are written its way; `formatParams` of a call goes to
 * `Intl.NumberFormat`. Those below ten thousand are not grouped: `1920 × 1080`. Where lines run from right to left, what is put
 * in keeps its own way (Unicode's isolates), so that a name with a bracket does not turn the sentence about; addresses, which are
 * copied, stay as they are.
 */
const valuesByLocale: FormatterModule = {
  type: 'formatter',
  init: () => undefined,
  add: () => undefined,
  addCached: () => undefined,
  format(value: unknown, _format, language = 'en', options) {
    if (typeof value === 'number') {
      const params: Readonly<Record<string, Intl.NumberFormatOptions>> = options?.formatParams ?? {}
      const how = params[String(options?.['interpolationkey'])]
      return new Intl.NumberFormat(language, { useGrouping: 'min2', ...how }).format(value)
    }
    const text = String(value)
    const isIsolated = directionOf(matchLanguage([language])) === 'rtl' && !text.includes('://')
    return isIsolated ? `\u2068${text}\u2069` : text
  },
}
