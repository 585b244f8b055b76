import { randomBytes, randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { Result } from '../../shared/result.ts'
import { ok } from '../../shared/result.ts'
import { dataFolderFailure, fail, systemErrorCode, type BackendFailure } from '../backendFailure.ts'
import { writeFileAtomically } from '../folder/writeFileAtomically.ts'

const secret = z.string().min(20)

const secretsSchema = z.object({
  version: z.literal(1),
  instanceId: z.uuid(),
  /** Of `supabase_admin`, the superuser. */
  adminPassword: secret,
  /** Of `postgres`, the owner of the schema. */
  databasePassword: secret,
  /** Of the login that the Auth and Data APIs use. */
  apiPassword: secret,
  jwtSecret: secret,
  publishableKey: z.string().startsWith('sb_publishable_').min(30),
  secretKey: z.string().startsWith('sb_secret_').min(30),
})

/** What identifies one installation of the backend. Generated once, never logged. */
export type Secrets = Readonly<z.infer<typeof secretsSchema>>

const token = (): string => randomBytes(32).toString('base64url')

function generateSecrets(): Secrets {
  return {
    version: 1,
    instanceId: randomUUID(),
    adminPassword: token(),
    databasePassword: token(),
    apiPassword: token(),
    jwtSecret: token(),
    publishableKey: `sb_publishable_${token()}`,
    secretKey: `sb_secret_${token()}`,
  }
}

function corrupt(path: string, what: 'damaged' | 'missing'): { ok: false; error: BackendFailure } {
  return fail(
    'secrets-corrupt',
    `The file ${path}, which holds the keys of this backend, is ${what}. Put it back from a backup; without it the ` +
      'database beside it cannot be opened. To begin anew with an empty database, move the whole folder away.',
  )
}

/** Reads the secrets without creating any: for somebody who joins a running backend. */
export async function readSecrets(path: string): Promise<Result<Secrets, BackendFailure>> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    return dataFolderFailure(error, path)
  }
  try {
    const parsed = secretsSchema.safeParse(JSON.parse(text))
    return parsed.success ? ok(parsed.data) : corrupt(path, 'damaged')
  } catch {
    return corrupt(path, 'damaged')
  }
}

/**
 * Reads the secrets, or generates them on the first start.
 * @param databaseExists when a database is there already, missing secrets cannot be made up: it knows the old ones
 */
export async function loadSecrets(
  path: string,
  databaseExists: boolean,
): Promise<Result<Secrets, BackendFailure>> {
  try {
    await readFile(path)
    return await readSecrets(path)
  } catch (error) {
    if (systemErrorCode(error) !== 'ENOENT') return dataFolderFailure(error, path)
    if (databaseExists) return corrupt(path, 'missing')
  }
  const secrets = generateSecrets()
  try {
    // SECURITY: for this user only, and in place only when complete.
    await writeFileAtomically(path, `${JSON.stringify(secrets, null, 2)}\n`, 0o600)
    return ok(secrets)
  } catch (error) {
    return dataFolderFailure(error, path)
  }
}
