import { join, resolve } from 'node:path'
import type { MainLog } from '../log/mainLog.ts'
import { setTimer } from '../timer/setTimer.ts'
import { createFinisher } from './createFinisher.ts'
import { createRecordings, type Recordings } from './createRecordings.ts'
import { type Films, openFilms } from './openFilms.ts'
import { openUnfinishedFilms } from './unfinishedFilms.ts'

/** All that the app does with files of recordings. */
export interface OwnedRecordings {
  readonly files: Recordings
  readonly films: Films
  /** Makes whole what a crash has left. */
  readonly resume: () => void
  /** Everything is written; what is being made whole waits for the next start. */
  readonly dispose: () => Promise<void>
}

/** The person's folder for films, unless `STUDYHALL_RECORDINGS_DIR` names another one. */
export function openRecordings(deps: {
  readonly videosFolder: () => string
  readonly profileFolder: string
  readonly showItem: (path: string) => void
  readonly log: MainLog
}): OwnedRecordings {
  const { log } = deps
  const chosen = process.env.STUDYHALL_RECORDINGS_DIR
  const folder = (): string => (chosen ? resolve(chosen) : join(deps.videosFolder(), 'Studyhall'))
  const finisher = createFinisher({ folder, unfinished: openUnfinishedFilms(deps.profileFolder, log), log })
  const files = createRecordings({ folder, now: () => new Date(), setTimer, finisher, log })
  return {
    files,
    films: openFilms({ folder, showItem: deps.showItem, files, finisher, log }),
    resume: finisher.resume,
    async dispose() {
      await files.dispose()
      await finisher.dispose()
    },
  }
}
