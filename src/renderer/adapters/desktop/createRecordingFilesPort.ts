import { err, ok } from '../../../shared/result.ts'
import type { DesktopApi } from '../../../shared/ipc/desktopApi.ts'
import type { RecordingFilesPort } from '../../core/ports/recordingFiles.ts'

/** Files of recordings by the main process; one that does not answer cannot write. */
export function createRecordingFilesPort(desktop: DesktopApi): RecordingFilesPort {
  const { recordings } = desktop
  return {
    async open({ roomName }) {
      const answer = await recordings.open({ roomName })
      if (!answer.ok) return err('notWritable')
      const opened = answer.value
      return opened.kind === 'opened' ? ok({ id: opened.fileId, name: opened.name }) : err(opened.failure)
    },
    async append(fileId, bytes) {
      const answer = await recordings.append({ fileId, bytes })
      if (!answer.ok) return err('notWritable')
      return answer.value === null ? ok(undefined) : err(answer.value)
    },
    async close(fileId) {
      const answer = await recordings.close({ fileId })
      return answer.ok && answer.value
    },
    show: async (name) => (await recordings.show({ name })).ok,
  }
}
