import { createRoot } from 'react-dom/client'
import { I18nextProvider } from 'react-i18next'
import { speakAtFirst } from '../app/followLanguage.ts'
import { createMessages } from '../messages/createMessages.ts'
import { GalleryIndex } from './GalleryIndex.tsx'
import { GalleryScreen } from './screens.tsx'

// `gallery.html#lobby?theme=dark&language=ar` shows one screen; without a name, all names are listed.
const [name = '', search] = location.hash.slice(1).split('?')
const wanted = new URLSearchParams(search)
const theme = wanted.get('theme')
if (theme !== null) document.documentElement.dataset['theme'] = theme
document.documentElement.lang = wanted.get('language') ?? 'en'
window.addEventListener('hashchange', () => location.reload())

const element = document.getElementById('root')
if (element === null) throw new Error('The page has no place for the gallery.')
const root = createRoot(element)
const messages = createMessages()

async function draw(): Promise<void> {
  await speakAtFirst(messages, document.documentElement)
  root.render(
    <I18nextProvider i18n={messages}>
      {name === '' ? <GalleryIndex /> : <GalleryScreen name={name} />}
    </I18nextProvider>,
  )
}

void draw()
