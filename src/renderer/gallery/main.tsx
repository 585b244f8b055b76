import { createRoot } from 'react-dom/client'
import { I18nextProvider } from 'react-i18next'
import { createMessages } from '../messages/createMessages.ts'
import { GalleryIndex } from './GalleryIndex.tsx'
import { GalleryScreen } from './screens.tsx'

// `gallery.html#lobby?theme=dark` shows one screen; without a name, all names are listed.
const [name = '', search] = location.hash.slice(1).split('?')
const theme = new URLSearchParams(search).get('theme')
if (theme !== null) document.documentElement.dataset['theme'] = theme
window.addEventListener('hashchange', () => location.reload())

const element = document.getElementById('root')
if (element === null) throw new Error('The page has no place for the gallery.')
createRoot(element).render(
  <I18nextProvider i18n={createMessages()}>
    {name === '' ? <GalleryIndex /> : <GalleryScreen name={name} />}
  </I18nextProvider>,
)
