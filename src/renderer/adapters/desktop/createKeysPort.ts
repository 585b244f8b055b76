import type { ShortcutStates } from '../../../shared/ipc/settingsPanel.ts'
import type { DesktopApi } from '../../../shared/ipc/desktopApi.ts'
import type { SystemKeysPort } from '../../core/ports/keys.ts'

/** Keys of other programs, as the main process hands them on. */
export function createSystemKeysPort({ shortcuts }: Pick<DesktopApi, 'shortcuts'>): SystemKeysPort {
  return {
    watchStates(listener) {
      let hasNews = false
      let isOver = false
      const end = shortcuts.onChanged((states: ShortcutStates) => {
        hasNews = true
        listener(states)
      })
      const begin = async () => {
        const answer = await shortcuts.states()
        if (answer.ok && !hasNews && !isOver) listener(answer.value)
      }
      void begin()
      return () => {
        isOver = true
        end()
      }
    },
    watchPresses: (listener) => shortcuts.onPressed(({ action }) => listener(action)),
    watchTalkKey: (listener) => shortcuts.onTalkKey(({ isDown }) => listener(isDown)),
    setRecording: (isRecording) => void shortcuts.setRecording({ isRecording }),
  }
}
