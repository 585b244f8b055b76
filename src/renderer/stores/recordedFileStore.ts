import { createStore } from 'zustand/vanilla'
import type { ReadableStore, RecordingFileState } from '../controllers/contracts.ts'
import type { RecordingFilesPort } from '../core/ports/recordingFiles.ts'

/** The file of the latest recording: its end may be written after the call, and is to be found then, too. */
export interface RecordedFileStore {
  readonly store: ReadableStore<RecordingFileState>
  readonly files: RecordingFilesPort
  readonly set: (file: RecordingFileState) => void
  /** Shows the file in the system's file manager; false where that did not work. */
  readonly show: () => Promise<boolean>
  readonly dismiss: () => void
}

export function createRecordedFileStore(files: RecordingFilesPort): RecordedFileStore {
  const store = createStore<RecordingFileState>(() => ({ kind: 'none' }))
  return {
    store,
    files,
    set: (file) => store.setState(file, true),
    async show() {
      const file = store.getState()
      return (file.kind === 'saved' || file.kind === 'failed') && file.name !== null
        ? await files.show(file.name)
        : false
    },
    dismiss: () => store.setState({ kind: 'none' }, true),
  }
}
