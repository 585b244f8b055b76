import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { I18nextProvider } from 'react-i18next'
import { createMessages } from '../messages/createMessages.ts'
import { App } from './App.tsx'
import { createApp } from './createApp.ts'
import { ErrorBoundary } from './ErrorBoundary.tsx'
import { speakAtFirst } from './followLanguage.ts'

const element = document.getElementById('root')
if (element === null) throw new Error('The page has no place for the app.')

const root = createRoot(element)
const messages = createMessages()
// Fetched while the app is wired: nothing is drawn in a language that is not the person's.
const spoken = speakAtFirst(messages, document.documentElement)
const app = createApp(messages)

async function draw(): Promise<void> {
  await spoken
  root.render(
    <StrictMode>
      <I18nextProvider i18n={messages}>
        <ErrorBoundary>
          <App app={app} />
        </ErrorBoundary>
      </I18nextProvider>
    </StrictMode>,
  )
}

void draw()
