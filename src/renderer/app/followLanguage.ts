import type { i18n } from 'i18next'
import { directionOf, type LanguageTag, matchLanguage } from '../../shared/languages/languages.ts'
import { speak } from '../messages/createMessages.ts'
import type { SettingsStore } from '../stores/settingsStore.ts'

/** The page's root element, by which it says its language and the way that is read. */
export type RootElement = Pick<HTMLElement, 'lang' | 'dir' | 'dataset'>

/**
 * Speaks the language that the page was served in; resolves when nothing of what is drawn would be in another one. A catalogue that
 * cannot be had leaves everything in English rather than the window empty.
 */
export async function speakAtFirst(messages: i18n, root: RootElement): Promise<void> {
  await change(messages, root, matchLanguage(root.lang === '' ? navigator.languages : [root.lang]))
}

/** Speaks what the person chooses as soon as they do; without a choice, what the system wants. The answer ends it. */
export function followLanguage(settings: SettingsStore, messages: i18n, root: RootElement): () => void {
  let wanted: LanguageTag | null = null
  return settings.store.subscribe(({ settings: known }) => {
    if (known === null) return
    const { language } = known
    const next = matchLanguage(language === null ? systemLanguages(root) : [language])
    if (next === (wanted ?? messages.language)) return
    wanted = next
    void change(messages, root, next, () => wanted === next)
  })
}

/** The main process says in the page what the system wants; a page that it did not serve has the browser's word. */
function systemLanguages(root: RootElement): readonly string[] {
  const told = root.dataset['systemLanguage']
  return told === undefined ? navigator.languages : [told]
}

async function change(
  messages: i18n,
  root: RootElement,
  next: LanguageTag,
  isWanted = () => true,
): Promise<void> {
  try {
    await speak(messages, next, isWanted)
  } catch (error) {
    console.error(`language: ${next} could not be loaded: ${String(error)}`)
  }
  const spoken = matchLanguage([messages.language])
  root.lang = spoken
  root.dir = directionOf(spoken)
}
