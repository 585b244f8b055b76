import { lstat, open, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type DeletionOutcome, type Film, recordingNameSchema } from '../../shared/ipc/recordings.ts'
import { FILMS_MAX_COUNT } from '../../shared/limits.ts'
import type { MainLog } from '../log/mainLog.ts'
import type { Finisher } from './createFinisher.ts'
import type { Recordings } from './createRecordings.ts'
import { unfinishedPathOf } from './makeSeekable.ts'
import { BEGINNING_BYTES, readDurationMs } from './webm/readDuration.ts'

/** How many recordings there are. Null: it could not be counted. */
export interface FilmFigures {
  readonly folder: string
  readonly count: number
  readonly bytes: number | null
}

/** The films that are there, from now and earlier: they are the person's, and lie where people look for films. */
export interface Films {
  readonly folder: () => string
  readonly figures: () => Promise<FilmFigures>
  /** The latest first, at most `FILMS_MAX_COUNT`. Null: the folder cannot be read. */
  readonly list: () => Promise<Film[] | null>
  /** Shows one in the system's file manager. False: there is no such film. */
  readonly show: (name: string) => Promise<boolean>
  /** Deletes one for good: people have agreed to that film being where they were told, and not in a bin besides. */
  readonly delete: (name: string) => Promise<DeletionOutcome>
}

export function openFilms(deps: {
  readonly folder: () => string
  /** Shows a file in the system's file manager. */
  readonly showItem: (path: string) => void
  readonly files: Pick<Recordings, 'isOpen'>
  readonly finisher: Pick<Finisher, 'drop'>
  readonly log: MainLog
}): Films {
  const { files } = deps

  async function figures(): Promise<FilmFigures> {
    const folder = deps.folder()
    try {
      const names = await listNames(folder)
      const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size))
      return { folder, count: names.length, bytes: sizes.reduce((sum, size) => sum + size, 0) }
    } catch {
      return { folder, count: 0, bytes: null }
    }
  }

  return {
    folder: deps.folder,
    figures,
    async list() {
      const folder = deps.folder()
      try {
        // The name begins with the moment, so that they need not be opened to be put in order.
        const names = (await listNames(folder)).toSorted().toReversed().slice(0, FILMS_MAX_COUNT)
        const films: Film[] = []
        for (const name of names) {
          const film = await describe(folder, name, files.isOpen(name))
          if (film !== null) films.push(film)
        }
        return films
      } catch {
        deps.log.warn('recording: the films could not be listed')
        return null
      }
    },
    async show(name) {
      const path = await find(deps.folder(), name)
      if (path !== null) deps.showItem(path)
      return path !== null
    },
    async delete(name) {
      if (files.isOpen(name)) return 'beingRecorded'
      const path = await find(deps.folder(), name)
      if (path === null) return 'deleted'
      // What makes it whole would bring it back.
      await deps.finisher.drop(name)
      try {
        await rm(path)
        await rm(unfinishedPathOf(path), { force: true })
        deps.log.info('recording: one was deleted')
        return 'deleted'
      } catch (error) {
        const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
        deps.log.warn(`recording: one could not be deleted: ${code}`)
        return code === 'ENOENT' ? 'deleted' : 'failed'
      }
    },
  }
}

/** None where there is no folder yet. */
async function listNames(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true })
    return entries
      .filter((entry) => entry.isFile() && recordingNameSchema.safeParse(entry.name).success)
      .map(({ name }) => name)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}

/** Null: it is gone meanwhile, or nobody may read it. */
async function describe(folder: string, name: string, isBeingRecorded: boolean): Promise<Film | null> {
  try {
    await using file = await open(join(folder, name), 'r')
    const { size, mtimeMs } = await file.stat()
    const beginning = new Uint8Array(BEGINNING_BYTES)
    const { bytesRead } = await file.read(beginning, 0, BEGINNING_BYTES, 0)
    return {
      name,
      begunAtMs: begunAtMs(name) ?? mtimeMs,
      durationMs: readDurationMs(beginning.subarray(0, bytesRead)),
      bytes: size,
      isBeingRecorded,
    }
  } catch {
    return null
  }
}

/** By the clock of the computer, as the name was given. Null for a name that somebody has given a day which there is not. */
function begunAtMs(name: string): number | null {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = (name.match(/\d+/gu) ?? []).map(Number)
  const date = new Date(year, month - 1, day, hour, minute)
  return date.getMonth() === month - 1 && date.getDate() === day ? date.getTime() : null
}

/** SECURITY: only what this app has named so, in its own folder; the name is no path, and a link is no film. */
async function find(folder: string, name: string): Promise<string | null> {
  if (!recordingNameSchema.safeParse(name).success) return null
  const path = join(folder, name)
  const isThere = await lstat(path).then(
    (found) => found.isFile(),
    () => false,
  )
  return isThere ? path : null
}
