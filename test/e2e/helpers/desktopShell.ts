import type { ChildProcess } from 'node:child_process'
import { expect } from '@playwright/test'
import type {
  DesktopAnswers,
  DesktopQuestion,
  DesktopQuestionMessage,
} from '../../../tools/chromium-runtime/desktopQuestions.ts'

/** What a person sees and presses outside the app's window. Only on the Chromium runtime, which records it. */
export interface DesktopShell {
  /** The labels of the tray's menu, without the lines between its groups. */
  readonly trayLabels: () => Promise<readonly string[]>
  /** Waits until the menu has the line, and presses it. */
  pressTray(label: RegExp): Promise<void>
  readonly notifications: () => Promise<DesktopAnswers['notifications']>
  pressNotification(index: number): Promise<void>
  /** The window's cross. */
  closeWindow(): Promise<void>
  readonly window: () => Promise<DesktopAnswers['window']>
}

let lastNumber = 0

export function desktopShellOf(app: ChildProcess): DesktopShell {
  const ask = <K extends DesktopQuestion['kind']>(
    question: Extract<DesktopQuestion, { kind: K }>,
  ): Promise<DesktopAnswers[K]> =>
    new Promise((resolve) => {
      lastNumber += 1
      const number = lastNumber
      const hear = (message: unknown) => {
        if (!isAnswer(message, question.kind) || message.number !== number) return
        app.off('message', hear)
        resolve(message.desktopAnswer)
      }
      app.on('message', hear)
      const asked: DesktopQuestionMessage = { desktopQuestion: question, number }
      app.send(asked)
    })
  const trayLabels = async () => {
    const tray = await ask<'tray'>({ kind: 'tray' })
    return tray?.lines.filter(({ isSeparator }) => !isSeparator).map(({ label }) => label) ?? []
  }
  return {
    trayLabels,
    async pressTray(label) {
      await expect.poll(trayLabels).toContainEqual(expect.stringMatching(label))
      const found = (await trayLabels()).find((candidate) => label.test(candidate))
      expect(await ask<'pressTray'>({ kind: 'pressTray', label: found ?? '' })).toBe(true)
    },
    notifications: () => ask<'notifications'>({ kind: 'notifications' }),
    async pressNotification(index) {
      expect(await ask<'pressNotification'>({ kind: 'pressNotification', index })).toBe(true)
    },
    async closeWindow() {
      await ask<'closeWindow'>({ kind: 'closeWindow' })
    },
    window: () => ask<'window'>({ kind: 'window' }),
  }
}

/** The runtime answers each question in its own kind; the number tells which. */
function isAnswer<K extends DesktopQuestion['kind']>(
  message: unknown,
  _kind: K,
): message is { readonly desktopAnswer: DesktopAnswers[K]; readonly number: number } {
  return typeof message === 'object' && message !== null && 'desktopAnswer' in message
}
