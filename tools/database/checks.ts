import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { startBackend } from '../../src/backend/startBackend.ts'
import { databaseUrl, superuser } from '../../src/backend/postgres/roles.ts'
import { silentLog } from '../../src/backend/log/log.ts'
import { advisorExceptions } from './advisorExceptions.ts'
import { generatedTypesPath, generateTypes } from './generatedTypes.ts'
import { runSupabase } from './supabaseCli.ts'

const secretsSchema = z.object({ adminPassword: z.string() })

/**
 * Runs `work` against a backend on a folder of its own, with whatever migrations `supabaseDir` holds.
 *
 * @param work gets the URL of the schema's owner, and that of the superuser
 */
export async function withBackend<T>(
  options: { readonly supabaseDir?: string; readonly extensionControlPath?: string },
  work: (databaseUrl: string, adminUrl: string) => Promise<T>,
): Promise<T> {
  const dataDir = await mkdtemp(join(tmpdir(), 'studyhall-database-test-'))
  try {
    const backend = await startBackend({ ...options, dataDir, log: silentLog, environment: {} })
    if (!backend.ok) throw new Error(backend.error.message)
    try {
      const { databaseUrl: url } = backend.value.connection()
      const { adminPassword } = secretsSchema.parse(
        JSON.parse(await readFile(join(dataDir, 'secrets.json'), 'utf8')),
      )
      return await work(url, databaseUrl(superuser, adminPassword, Number(new URL(url).port)))
    } finally {
      await backend.value.stop()
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
}

/** Null when the check passes, else what is wrong. */
export type CheckOutcome = string | null

/** The CLI applies the migrations to a database that has none, and then has nothing left to do. */
export async function checkPushToEmptyDatabase(): Promise<CheckOutcome> {
  const supabaseDir = await mkdtemp(join(tmpdir(), 'studyhall-no-migrations-'))
  await mkdir(join(supabaseDir, 'migrations'))
  try {
    return await withBackend({ supabaseDir }, async (databaseUrl) => {
      const push = await runSupabase('db', 'push', `--remote=${databaseUrl}`, '--yes')
      if (push.exitCode !== 0) return push.stdout + push.stderr
      return await checkNothingToPush(databaseUrl)
    })
  } finally {
    await rm(supabaseDir, { recursive: true, force: true })
  }
}

/** The CLI finds every migration applied. */
export async function checkNothingToPush(databaseUrl: string): Promise<CheckOutcome> {
  const push = await runSupabase('db', 'push', `--remote=${databaseUrl}`, '--yes', '--dry-run')
  const output = push.stdout + push.stderr
  return push.exitCode === 0 && output.includes('up to date') ? null : output
}

const findingsSchema = z.object({
  results: z.array(z.object({ level: z.string(), cacheKey: z.string(), detail: z.string() })),
})

/** The security and performance advisors have nothing to say at level warn, but for the named exceptions. */
export async function checkAdvisors(databaseUrl: string): Promise<CheckOutcome> {
  const outcome = await runSupabase(
    'db',
    'advisors',
    `--remote=${databaseUrl}`,
    '--level',
    'info',
    '--fail-on',
    'none',
    '--output-format',
    'json',
  )
  if (outcome.exitCode !== 0) return outcome.stdout + outcome.stderr
  const { results } = findingsSchema.parse(JSON.parse(outcome.stdout))
  const serious = results.filter((finding) => finding.level !== 'INFO')
  const unexpected = serious.filter((finding) => !(finding.cacheKey in advisorExceptions))
  const needless = Object.keys(advisorExceptions).filter(
    (key) => !serious.some((finding) => finding.cacheKey === key),
  )
  const problems = [
    ...unexpected.map((finding) => `${finding.level} ${finding.cacheKey}: ${finding.detail}`),
    ...needless.map((key) => `the exception ${key} is not needed any more`),
  ]
  return problems.length === 0 ? null : problems.join('\n')
}

/** The committed types are those of the schema. */
export async function checkTypes(databaseUrl: string): Promise<CheckOutcome> {
  const [generated, committed] = await Promise.all([
    generateTypes(databaseUrl),
    readFile(generatedTypesPath, 'utf8').catch(() => ''),
  ])
  return generated === committed ? null : 'the committed types are out of date: npm run db:types writes them'
}
