import { BrowserWindow } from './browserWindow.ts'
import { currentTray, type RecordedMenuLine, shownNotifications } from './desktopShell.ts'

/** What whoever started the app may ask over the process's channel, in place of eyes and a mouse outside the window. */
export type DesktopQuestion =
  | { readonly kind: 'tray' }
  | { readonly kind: 'pressTray'; readonly label: string }
  | { readonly kind: 'notifications' }
  | { readonly kind: 'pressNotification'; readonly index: number }
  /** The window's cross. */
  | { readonly kind: 'closeWindow' }
  | { readonly kind: 'window' }

export interface DesktopAnswers {
  readonly tray: { readonly toolTip: string; readonly lines: readonly RecordedMenuLine[] } | null
  readonly pressTray: boolean
  readonly notifications: readonly { readonly title: string; readonly body: string }[]
  readonly pressNotification: boolean
  readonly closeWindow: boolean
  readonly window: { readonly isVisible: boolean; readonly isMinimized: boolean } | null
}

/** A question on its way, with the number that its answer carries. */
export interface DesktopQuestionMessage {
  readonly desktopQuestion: DesktopQuestion
  readonly number: number
}

/** Answers questions that come over the channel of `spawn(…, { stdio: [… 'ipc'] })`; without one there is nobody to ask. */
export function answerDesktopQuestions(): void {
  process.on('message', (message: unknown) => {
    if (!isQuestion(message)) return
    process.send?.({ desktopAnswer: answer(message.desktopQuestion), number: message.number })
  })
}

function answer(question: DesktopQuestion): DesktopAnswers[DesktopQuestion['kind']] {
  const tray = currentTray()
  const [window] = BrowserWindow.getAllWindows()
  switch (question.kind) {
    case 'tray':
      return tray === null ? null : { toolTip: tray.toolTip, lines: tray.menu?.lines ?? [] }
    case 'pressTray':
      return tray?.menu?.press(question.label) ?? false
    case 'notifications':
      return shownNotifications().map(({ options: { title = '', body = '' } }) => ({ title, body }))
    case 'pressNotification':
      return shownNotifications()[question.index]?.emit('click', {}) ?? false
    case 'closeWindow':
      window?.close()
      return window !== undefined
    case 'window':
      return window === undefined
        ? null
        : { isVisible: window.isVisible(), isMinimized: window.isMinimized() }
  }
}

function isQuestion(message: unknown): message is DesktopQuestionMessage {
  return typeof message === 'object' && message !== null && 'desktopQuestion' in message
}
