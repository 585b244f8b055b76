import { request as httpRequest } from 'node:http'
import { text as readText } from 'node:stream/consumers'
import postgres, { type Sql } from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  createHostileWorld,
  createWorldPeople,
  type WorldPeople,
} from '../../../test/support/api/hostileWorld.ts'
import { createDatabaseFingerprint } from '../../../test/support/api/databaseFingerprint.ts'
import { refusalSchema } from '../../../test/support/api/answerProblems.ts'
import { readApiDocument, type ApiOperation } from '../../../test/support/api/readApiDocument.ts'
import { findWeaknesses } from '../../../test/support/api/findWeaknesses.ts'
import { startTestBackend, type TestBackend } from '../../../test/support/backend.ts'

/** The same requests each time, so that what is green stays green. */
const FIXED_SEED = 20_261_125

let backend: TestBackend
let sql: Sql
let people: WorldPeople
let badAuthorizations: readonly (string | undefined)[]
let operations: readonly ApiOperation[]
let faults: string

beforeAll(async () => {
  backend = await startTestBackend()
  sql = postgres(backend.databaseUrl, { max: 1, onnotice: () => {} })
  ;({ people, badAuthorizations } = await createWorldPeople(backend, sql))
  const document = await readApiDocument(`${backend.url}/functions/v1`)
  ;({ faults, operations } = document)
})

afterAll(async () => {
  await sql.end()
  await backend.stop()
})

test('the document is one of OpenAPI 3.1', () => {
  expect(faults).toBe('')
  expect(operations.length).toBeGreaterThan(20)
})

test.each([
  ['a fixed seed', FIXED_SEED, 12],
  ['a new seed', Math.floor(Math.random() * 2 ** 31), 5],
])(
  'whatever anybody sends, every operation answers as its document says (%s: %i)',
  async (_name, seed, count) => {
    const weaknesses: string[] = []
    for (const operation of operations) {
      weaknesses.push(
        ...(await findWeaknesses(operation, {
          baseUrl: `${backend.url}/functions/v1`,
          publishableKey: backend.publishableKey,
          sql,
          prepare: () => createHostileWorld(sql, people, badAuthorizations),
          seed,
          count,
        })),
      )
    }
    expect(weaknesses).toEqual([])
  },
  240_000,
)

/** What an address below `/api` answers; the path goes out as it stands, which `fetch` would not do. */
async function askRaw(method: string, path: string): Promise<{ status: number; code: string; text: string }> {
  const answer = await new Promise<{ status: number; text: string }>((resolve, reject) => {
    const sent = httpRequest(`${backend.url}/functions/v1`, {
      method,
      path: `/functions/v1${path}`,
      headers: { apikey: backend.publishableKey, authorization: `Bearer ${people.asker.token}` },
    })
    sent.on('response', (response) => {
      void readText(response).then((text) => resolve({ status: response.statusCode ?? 0, text }), reject)
    })
    sent.on('error', reject)
    sent.end()
  })
  const body = refusalSchema.safeParse(answer.text === '' ? null : JSON.parse(answer.text))
  return { ...answer, code: body.success ? body.data.error.code : '' }
}

function isOfTemplate(path: string, template: string): boolean {
  return new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path)
}

test('an address that exists refuses every other method, and changes nothing', async () => {
  const readFingerprint = await createDatabaseFingerprint(sql)
  const before = await readFingerprint()
  const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND']
  for (const path of new Set(operations.map((operation) => operation.path))) {
    const known = new Set(operations.filter((one) => one.path === path).map(({ method }) => method))
    for (const method of methods.filter((one) => !known.has(one))) {
      const { status, code } = await askRaw(
        method,
        path.replaceAll(/\{\w+\}/g, '3f2504e0-4f89-41d3-9a0c-0305e82c3301'),
      )
      // `DELETE /rooms/create` asks to close a room of that name.
      const isAnothers = operations.some((one) => one.method === method && isOfTemplate(path, one.path))
      expect({ method, path, status, code }).toEqual({
        method,
        path,
        status: isAnothers ? 400 : 405,
        code: 'invalid_input',
      })
    }
  }
  expect(await readFingerprint()).toBe(before)
})

test.each([
  '/api',
  '/api/',
  '/api//rooms/list',
  '/api/rooms/list/',
  '/api/Rooms/List',
  '/api/rooms//join',
  '/api/rooms/%zz/participants',
  '/api/rooms/%00/participants',
  '/api/rooms/%2e%2e/list',
  '/api/rooms/..%2flist',
  '/api/rooms/..%5c..%5clist',
  '/api/rooms/%E0%A4%A/participants',
  '/api/rooms/__proto__/participants',
  '/api/rooms/3f2504e0-4f89-41d3-9a0c-0305e82c3301;x=1/participants',
  '/api/rooms/3f2504e0-4f89-41d3-9a0c-0305e82c3301%00/participants',
  `/api/rooms/${'a'.repeat(8_000)}/participants`,
  '/api/constructor',
  '/api/.env',
])('an address that is no operation’s leads nowhere: %s', async (path) => {
  const { status, code, text } = await askRaw('GET', path)
  expect([400, 404, 405]).toContain(status)
  expect({ code, text }).toMatchObject({ code: 'invalid_input' })
})
