import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SignJWT } from 'jose'
import postgres, { type Sql } from 'postgres'
import { z } from 'zod'
import { spawnBackend } from '../../src/backend/testing/backendProcess.ts'

/** Somebody with an account, and a token for it. */
export interface BenchPerson {
  readonly userId: string
  readonly token: string
}

/** The embedded backend as a program of its own, as `npm run backend` starts it. */
export interface BenchBackend {
  readonly pid: number
  readonly url: string
  readonly port: number
  readonly publishableKey: string
  /** As the schema's owner. */
  readonly sql: Sql
  /** Accounts by SQL and tokens by the backend's own key: signing up is not what is measured. */
  createPeople(count: number): Promise<readonly BenchPerson[]>
  /** Calls below `/functions/v1/api` or, for names that begin with `rpc:`, a database function. */
  call(person: BenchPerson, method: string, path: string, body?: unknown): Promise<BenchAnswer>
  stop(): Promise<void>
}

export interface BenchAnswer {
  readonly status: number
  readonly body: unknown
  readonly tookMs: number
}

const secretsSchema = z.object({ jwtSecret: z.string() })
const TOKEN_LIFETIME = '2h'

/** Starts one on an empty folder. */
export async function startBenchBackend(): Promise<BenchBackend> {
  const dataDir = await mkdtemp(join(tmpdir(), 'studyhall-bench-'))
  const backend = spawnBackend(['--data-dir', dataDir])
  const connection = await backend.ready
  const { jwtSecret } = secretsSchema.parse(JSON.parse(await readFile(join(dataDir, 'secrets.json'), 'utf8')))
  const key = new TextEncoder().encode(jwtSecret)
  const sql = postgres(connection.databaseUrl, { max: 4, onnotice: () => {} })

  return {
    pid: backend.pid,
    url: connection.url,
    port: Number(new URL(connection.url).port),
    publishableKey: connection.publishableKey,
    sql,
    async createPeople(count) {
      const ids = Array.from({ length: count }, () => randomUUID())
      await sql`
        insert into auth.users (id, email, raw_user_meta_data)
        select id, id || '@example.test', jsonb_build_object('display_name', 'Person ' || n)
        from unnest(${ids}::uuid[]) with ordinality as u (id, n)`
      return await Promise.all(
        ids.map(async (userId) => ({
          userId,
          token: await new SignJWT({ role: 'authenticated', aud: 'authenticated', sub: userId })
            .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
            .setIssuedAt()
            .setExpirationTime(TOKEN_LIFETIME)
            .sign(key),
        })),
      )
    },
    async call(person, method, path, body) {
      const isRpc = path.startsWith('rpc:')
      const address = isRpc ? `/rest/v1/rpc/${path.slice(4)}` : `/functions/v1/api${path}`
      const startedAtMs = performance.now()
      const response = await fetch(connection.url + address, {
        method,
        headers: {
          apikey: connection.publishableKey,
          authorization: `Bearer ${person.token}`,
          'content-type': 'application/json',
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const text = await response.text()
      const tookMs = performance.now() - startedAtMs
      const json: unknown = text === '' ? null : JSON.parse(text)
      return { status: response.status, body: json, tookMs }
    },
    async stop() {
      await sql.end({ timeout: 1 })
      backend.kill('SIGTERM')
      await backend.exited
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
