// `npm run test:db`: the migrations, the Supabase CLI's checks and pgTAP, on the embedded backend's PostgreSQL. Its last
// line gives the totals: every pgTAP assertion and every check of the CLI is one.
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import postgres from 'postgres'
import {
  checkAdvisors,
  checkNothingToPush,
  checkPushToEmptyDatabase,
  checkTypes,
  withBackend,
} from './checks.ts'
import type { CheckOutcome } from './checks.ts'
import { countFunctionCalls, findUncalledFunctions, readFunctionCalls } from './functionCalls.ts'
import { preparePgTap } from './pgTapPackage.ts'
import { PGTAP_APPLICATION_NAME, runPgTap } from './runPgTap.ts'
import { projectFolder } from './supabaseCli.ts'

const totals = { passed: 0, failed: 0, skipped: 0 }

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

async function check(name: string, run: () => Promise<CheckOutcome>): Promise<void> {
  const problem = await run().catch((error: unknown) =>
    error instanceof Error ? error.message : String(error),
  )
  totals[problem === null ? 'passed' : 'failed'] += 1
  say(`${problem === null ? 'ok' : 'not ok'} - ${name}`)
  if (problem !== null) say(problem.replace(/^/gm, '  '))
}

/** Calls every function there is, whatever comes of it: what it has called nobody has tested yet. */
const CALLS_EVERYTHING = 'hidden_rooms.test.sql'

async function runFiles(databaseUrl: string, isIncluded: (file: string) => boolean): Promise<void> {
  const folder = join(projectFolder, 'supabase', 'tests', 'database')
  for (const outcome of await runPgTap(databaseUrl, folder, isIncluded)) {
    totals.passed += outcome.passed
    totals.failed += outcome.failed
    say(
      `${outcome.failed === 0 ? 'ok' : 'not ok'} - ${outcome.file}: ${outcome.passed} of ${outcome.passed + outcome.failed}`,
    )
    for (const line of outcome.report) say(`  ${line}`)
  }
}

async function runTests(databaseUrl: string, adminUrl: string): Promise<void> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} })
  // The extension has to outlive the files' transactions, or each of them would build it anew.
  await sql`create extension if not exists pgtap with schema extensions`
  await sql.end()
  const admin = postgres(adminUrl, { max: 1, onnotice: () => {} })
  try {
    await countFunctionCalls(admin)
    await runFiles(databaseUrl, (file) => file !== CALLS_EVERYTHING)
    await check('every function of the API has answered in a test', async () => {
      const problems = findUncalledFunctions(await readFunctionCalls(admin, PGTAP_APPLICATION_NAME))
      return problems.length === 0 ? null : problems.join('\n')
    })
    await runFiles(databaseUrl, (file) => file === CALLS_EVERYTHING)
  } finally {
    await admin.end()
  }
}

await check('supabase db push applies the migrations to an empty database', checkPushToEmptyDatabase)
const pgTapFolder = await preparePgTap(say)
try {
  const options = pgTapFolder === null ? {} : { extensionControlPath: pgTapFolder }
  await withBackend(options, async (databaseUrl, adminUrl) => {
    await check('supabase db push finds nothing to do after the backend', () =>
      checkNothingToPush(databaseUrl),
    )
    await check('supabase db advisors has nothing to say', () => checkAdvisors(databaseUrl))
    await check('supabase gen types equals the committed types', () => checkTypes(databaseUrl))
    if (pgTapFolder !== null) return await runTests(databaseUrl, adminUrl)
    totals.skipped += 1
    say('skipped - pgTAP is not installed here, so the tests of supabase/tests/database were left out')
  })
} finally {
  if (pgTapFolder !== null) await rm(pgTapFolder, { recursive: true, force: true })
}

const skipped = totals.skipped === 0 ? '' : `, ${totals.skipped} skipped`
say(`${totals.passed} passed, ${totals.failed} failed${skipped}`)
process.exitCode = totals.failed === 0 ? 0 : 1
