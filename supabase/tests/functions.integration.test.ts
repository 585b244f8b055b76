import postgres, { type Sql } from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readDatabaseFunctions, type DatabaseFunction } from '../../test/support/api/databaseFunctions.ts'
import { findFunctionWeaknesses } from '../../test/support/api/findFunctionWeaknesses.ts'
import { createHostileData } from '../../test/support/api/hostileData.ts'
import { createWorldPeople, type WorldPeople } from '../../test/support/api/hostileWorld.ts'
import { startTestBackend, type TestBackend } from '../../test/support/backend.ts'

/** The same calls each time, so that what is green stays green. */
const FIXED_SEED = 20_261_127

let backend: TestBackend
let sql: Sql
let people: WorldPeople
let badAuthorizations: readonly (string | undefined)[]
let functions: readonly DatabaseFunction[]

beforeAll(async () => {
  backend = await startTestBackend()
  sql = postgres(backend.databaseUrl, { max: 1, onnotice: () => {} })
  ;({ people, badAuthorizations } = await createWorldPeople(backend, sql))
  // What is old goes when it likes, which is not what a call has left behind.
  await sql`create or replace function private.prune() returns int language sql set search_path = '' as 'select 0'`
  functions = await readDatabaseFunctions(sql)
})

afterAll(async () => {
  await sql.end()
  await backend.stop()
})

test('there are functions to call', () => {
  expect(functions.length).toBeGreaterThan(50)
})

test.each([
  ['a fixed seed', FIXED_SEED, 14],
  ['a new seed', Math.floor(Math.random() * 2 ** 31), 4],
])(
  'whatever anybody sends, every function answers in stable codes (%s: %i)',
  async (_name, seed, count) => {
    const weaknesses: string[] = []
    for (const callee of functions) {
      weaknesses.push(
        ...(await findFunctionWeaknesses(callee, {
          baseUrl: `${backend.url}/rest/v1`,
          publishableKey: backend.publishableKey,
          sql,
          prepare: () => createHostileData(sql, people, badAuthorizations),
          seed,
          count,
        })),
      )
    }
    expect(weaknesses).toEqual([])
  },
  240_000,
)
