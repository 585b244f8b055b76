import { expect } from '@playwright/test'
import type { Page } from '@playwright/test'
import { z } from 'zod'
import type { TestBackend } from '../../support/backend.ts'
import type { Studyhall } from './launchStudyhall.ts'
import type { Person } from './person.ts'

const PASSWORD = 'a good long password'

const tokenSchema = z.object({ access_token: z.string() })
const roomListSchema = z.object({ rooms: z.array(z.object({ id: z.string(), name: z.string() })) })

/** People who sign in to a Supabase of their own, by e-mail and password, and what they could do without the app. */
export interface SupabasePeople {
  /** The environment that turns an app to this Supabase. */
  readonly environment: Readonly<Record<string, string>>
  /** Opens the app for somebody new, who makes an account and comes to the lobby. */
  arrive(name: string): Promise<Person>
  /** A request to the HTTP API in the person's name; the answer is its status and body. */
  ask(
    person: Person,
    method: string,
    path: string,
  ): Promise<{ readonly status: number; readonly body: unknown }>
  /** The id of a room in the list. */
  findRoom(person: Person, roomName: string): Promise<string>
}

/** The welcome page on a hosted Supabase opens either form; this one brings the other. */
async function showForm(page: Page, submit: string, other: string): Promise<void> {
  const button = page.getByRole('button', { name: submit, exact: true })
  await expect(button.or(page.getByRole('button', { name: other }))).toBeVisible()
  if (!(await button.isVisible())) await page.getByRole('button', { name: other }).click()
}

/** On the welcome page; the right password unless told. */
export async function signIn(page: Page, email: string, password = PASSWORD): Promise<void> {
  await showForm(page, 'Sign in', 'I have an account')
  await page.getByRole('textbox', { name: 'E-mail' }).fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

export function createSupabasePeople(supabase: TestBackend, studyhall: Studyhall): SupabasePeople {
  const environment = {
    STUDYHALL_SUPABASE_URL: supabase.url,
    STUDYHALL_SUPABASE_KEY: supabase.publishableKey,
  }
  const apikey = supabase.publishableKey

  /** A session of their own beside the app's. */
  async function signInByApi(person: Person): Promise<string> {
    const answer = await fetch(`${supabase.url}/auth/v1/token?grant_type=password`, {
      method: 'POST',
      headers: { apikey, 'content-type': 'application/json' },
      body: JSON.stringify({ email: `${person.name}@example.org`, password: PASSWORD }),
    })
    return tokenSchema.parse(await answer.json()).access_token
  }

  async function ask(
    person: Person,
    method: string,
    path: string,
  ): Promise<{ readonly status: number; readonly body: unknown }> {
    const token = await signInByApi(person)
    const answer = await fetch(`${supabase.url}/functions/v1/api${path}`, {
      method,
      headers: { apikey, authorization: `Bearer ${token}` },
    })
    const text = await answer.text()
    const body: unknown = text === '' ? null : JSON.parse(text)
    return { status: answer.status, body }
  }

  return {
    environment,
    ask,
    async arrive(name) {
      const person = await studyhall.open(name, { environment })
      const { page } = person
      await showForm(page, 'Create account', 'I am new here')
      await page.getByRole('textbox', { name: 'Your name' }).fill(name)
      await page.getByRole('textbox', { name: 'E-mail' }).fill(`${name}@example.org`)
      await page.getByLabel('Password').fill(PASSWORD)
      await page.getByRole('button', { name: 'Create account' }).click()
      await expect(page.getByRole('heading', { name: 'Rooms', exact: true })).toBeVisible()
      return person
    },
    async findRoom(person, roomName) {
      const { body } = await ask(person, 'GET', '/rooms/list')
      const room = roomListSchema.parse(body).rooms.find(({ name }) => name === roomName)
      if (room === undefined) throw new Error(`no room ${roomName} in the list`)
      return room.id
    },
  }
}
