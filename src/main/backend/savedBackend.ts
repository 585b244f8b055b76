import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { writeFileAtomically } from '../files/writeFileAtomically.ts'
import type { MainLog } from '../log/mainLog.ts'
import { type Cipher, seal, sealedSchema, unseal } from '../secrets/sealed.ts'
import { type HostedAddress, judgeHosted } from './judgeHosted.ts'

/** The backend that a profile was turned to. `unreadable`: there is one, but its key can no longer be read. */
export type SavedBackend =
  | { readonly kind: 'embedded' }
  | { readonly kind: 'hosted'; readonly address: HostedAddress }
  | { readonly kind: 'unreadable'; readonly url: string }

export interface SavedBackendStore {
  readonly load: () => SavedBackend
  /** Throws when the file cannot be written. Null: the embedded backend. */
  readonly save: (hosted: HostedAddress | null) => void
}

const fileSchema = z.strictObject({ version: z.literal(1), url: z.string(), key: sealedSchema })

/** Opens `backend.json` in the folder. The key is kept as the session is: encrypted where the system can. */
export function openSavedBackend(folder: string, cipher: Cipher, log: MainLog): SavedBackendStore {
  const file = join(folder, 'backend.json')
  return {
    load: () => {
      const content = read(file)
      if (content === null) return { kind: 'embedded' }
      const parsed = fileSchema.safeParse(content)
      if (!parsed.success) {
        log.warn('backend: the file with its address could not be read; the built-in one is used')
        return { kind: 'embedded' }
      }
      const { url, key } = parsed.data
      const text = unseal(cipher, key)
      // SECURITY: whatever has come into the file is judged again.
      const judged = text === null ? null : judgeHosted(url, text)
      if (judged !== null && judged.ok) return { kind: 'hosted', address: judged.value }
      log.warn('backend: the saved key can no longer be read')
      return { kind: 'unreadable', url }
    },
    save: (hosted) => {
      if (hosted === null) return rmSync(file, { force: true })
      const content = { version: 1, url: hosted.url, key: seal(cipher, hosted.key) }
      writeFileAtomically(file, JSON.stringify(content))
    },
  }
}

/** Null when there is no file; undefined content when it is no JSON. */
function read(file: string): unknown {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    return null
  }
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
