import { lstat, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { recordingNameSchema } from '../../shared/ipc/recordings.ts'

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
  /** Shows one in the system's file manager. False: there is no such film. */
  readonly show: (name: string) => Promise<boolean>
}

export function openFilms(deps: {
  readonly folder: () => string
  /** Shows a file in the system's file manager. */
  readonly showItem: (path: string) => void
}): Films {
  return {
    folder: deps.folder,
    async figures() {
      const folder = deps.folder()
      try {
        const names = await readdir(folder)
        const ours = names.filter((name) => recordingNameSchema.safeParse(name).success)
        const sizes = await Promise.all(ours.map(async (name) => (await stat(join(folder, name))).size))
        return { folder, count: ours.length, bytes: sizes.reduce((sum, size) => sum + size, 0) }
      } catch (error) {
        const isNone = error instanceof Error && 'code' in error && error.code === 'ENOENT'
        return { folder, count: 0, bytes: isNone ? 0 : null }
      }
    },
    async show(name) {
      const path = await find(deps.folder(), name)
      if (path !== null) deps.showItem(path)
      return path !== null
    },
  }
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
