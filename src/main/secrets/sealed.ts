import { z } from 'zod'

/** What encrypts: Electron's `safeStorage`. */
export interface Cipher {
  readonly isEncryptionAvailable: () => boolean
  readonly encryptString: (text: string) => Buffer
  readonly decryptString: (encrypted: Buffer) => string
}

/** A text as it stands in a file: encrypted where the system can, and plain where it cannot. */
export const sealedSchema = z.strictObject({ encrypted: z.boolean(), value: z.string() })
export type Sealed = z.infer<typeof sealedSchema>

/** Seals a text for a file that only its owner can read. */
export function seal(cipher: Cipher, text: string): Sealed {
  const encrypted = cipher.isEncryptionAvailable()
  return { encrypted, value: encrypted ? cipher.encryptString(text).toString('base64') : text }
}

/** The text; null when it can no longer be decrypted (another user, a new keychain). */
export function unseal(cipher: Cipher, sealed: Sealed): string | null {
  if (!sealed.encrypted) return sealed.value
  try {
    return cipher.decryptString(Buffer.from(sealed.value, 'base64'))
  } catch {
    return null
  }
}
