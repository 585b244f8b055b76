import { randomUUID } from 'node:crypto'
import { z } from 'zod'

/** Where a test's backend is. */
interface Backend {
  readonly url: string
  readonly publishableKey: string
}

/** Somebody signed in, who calls the API. */
export interface Person {
  readonly name: string
  readonly userId: string
  readonly token: string
  /** Calls `/api{path}`; `body` is sent as JSON. The answer's JSON, null where there is none. */
  call(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ readonly status: number; readonly body: unknown }>
}

const sessionSchema = z.object({ access_token: z.string(), user: z.object({ id: z.uuid() }) })

/** Signs somebody up. `functionsUrl` is where the function runs, when that is not the backend. */
export async function signUp(backend: Backend, name: string, functionsUrl?: string): Promise<Person> {
  const response = await fetch(`${backend.url}/auth/v1/signup`, {
    method: 'POST',
    headers: { apikey: backend.publishableKey, 'content-type': 'application/json' },
    body: JSON.stringify({
      email: `${randomUUID()}@example.test`,
      password: randomUUID(),
      data: { display_name: name },
    }),
  })
  const session = sessionSchema.parse(await response.json())
  const token = session.access_token
  const base = functionsUrl ?? `${backend.url}/functions/v1`
  return {
    name,
    userId: session.user.id,
    token,
    async call(method, path, body) {
      const answer = await fetch(`${base}/api${path}`, {
        method,
        headers: {
          apikey: backend.publishableKey,
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const text = await answer.text()
      const json: unknown = text === '' ? null : JSON.parse(text)
      return { status: answer.status, body: json }
    },
  }
}
