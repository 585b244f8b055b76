import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { writeFileAtomically } from '../files/writeFileAtomically.ts'
import type { MainLog } from '../log/mainLog.ts'
import { type Cipher, seal, sealedSchema, unseal } from '../secrets/sealed.ts'

/** The signed-in session of a profile, as string values by key. */
export interface SessionStore {
  /** Null when there is none, or when it can no longer be decrypted (another user, a new keychain). */
  readonly load: (key: string) => string | null
  /** Throws when the file cannot be written. */
  readonly save: (key: string, value: string) => void
  readonly clear: (key: string) => void
}

const fileSchema = z.strictObject({
  version: z.literal(1),
  entries: z.record(z.string(), sealedSchema),
})

type Entries = z.infer<typeof fileSchema>['entries']

/** A client keeps a handful of keys; more than this is a fault of the caller. */
const maximumEntries = 32

/**
 * Opens `session.json` in the folder. Values are encrypted where the system can; where it cannot they are plain text in a
 * file that only its owner can read, which is said in the log once. A file that cannot be read is a session that has ended.
 */
export function openSessionStore(folder: string, cipher: Cipher, log: MainLog): SessionStore {
  const file = join(folder, 'session.json')
  let entries = readEntries(file, log)
  let plainTold = false

  const write = (next: Entries): void => {
    writeFileAtomically(file, JSON.stringify({ version: 1, entries: next }))
    entries = next
  }

  return {
    load: (key) => {
      const entry = Object.hasOwn(entries, key) ? entries[key] : undefined
      if (entry === undefined) return null
      const value = unseal(cipher, entry)
      if (value === null) {
        log.warn('session: what was saved can no longer be decrypted; signing in again is needed')
      }
      return value
    },
    save: (key, value) => {
      if (!Object.hasOwn(entries, key) && Object.keys(entries).length >= maximumEntries) {
        throw new Error(`a session has at most ${maximumEntries} entries`)
      }
      const sealed = seal(cipher, value)
      if (!sealed.encrypted && !plainTold) {
        plainTold = true
        log.warn(
          'session: this system offers no encryption; the session is kept in a file that only you can read',
        )
      }
      write({ ...entries, [key]: sealed })
    },
    clear: (key) => {
      if (!Object.hasOwn(entries, key)) return
      write(Object.fromEntries(Object.entries(entries).filter(([name]) => name !== key)))
    },
  }
}

function readEntries(file: string, log: MainLog): Entries {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    return {}
  }
  try {
    return fileSchema.parse(JSON.parse(text)).entries
  } catch {
    log.warn('session: the file could not be read; signing in again is needed')
    return {}
  }
}
