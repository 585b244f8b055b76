import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { recordingNameSchema } from '../../shared/ipc/recordings.ts'
import { writeFileAtomically } from '../files/writeFileAtomically.ts'
import type { MainLog } from '../log/mainLog.ts'

/** So many are kept in mind; a profile that has left more unfinished has another trouble. */
const NAMES_MAX_COUNT = 50

const fileSchema = z.strictObject({ version: z.literal(1), names: z.array(recordingNameSchema) })

/** The names of this profile's films that have no length yet, for the next start. A profile has one app at a time. */
export interface UnfinishedFilms {
  readonly names: () => readonly string[]
  readonly add: (name: string) => void
  readonly remove: (name: string) => void
}

/** Keeps them in `unfinished-recordings.json` in the folder. What cannot be written is not finished after a crash, and plays as it is. */
export function openUnfinishedFilms(folder: string, log: MainLog): UnfinishedFilms {
  const file = join(folder, 'unfinished-recordings.json')
  let names = read(file)

  function keep(next: readonly string[]): void {
    names = next.slice(-NAMES_MAX_COUNT)
    try {
      if (names.length === 0) rmSync(file, { force: true })
      else writeFileAtomically(file, JSON.stringify({ version: 1, names }))
    } catch {
      log.warn('recording: what is unfinished could not be noted')
    }
  }

  return {
    names: () => names,
    add: (name) => keep([...names.filter((other) => other !== name), name]),
    remove: (name) => keep(names.filter((other) => other !== name)),
  }
}

function read(file: string): readonly string[] {
  try {
    const parsed = fileSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')))
    return parsed.success ? parsed.data.names : []
  } catch {
    return []
  }
}
