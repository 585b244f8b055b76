import { expect, test } from '@playwright/test'
import type { Page } from '@playwright/test'
import { startTestBackend } from '../../support/backend.ts'
import { launchStudyhall } from '../helpers/launchStudyhall.ts'
import { expectPicture } from '../helpers/media.ts'
import type { Person } from '../helpers/person.ts'

const PASSWORD = 'a good long password'

/** The welcome page on a hosted Supabase opens either form; this one brings the other. */
async function showForm(page: Page, submit: string, other: string): Promise<void> {
  const button = page.getByRole('button', { name: submit, exact: true })
  await expect(button.or(page.getByRole('button', { name: other }))).toBeVisible()
  if (!(await button.isVisible())) await page.getByRole('button', { name: other }).click()
}

async function signIn(page: Page, email: string, password: string): Promise<void> {
  await showForm(page, 'Sign in', 'I have an account')
  await page.getByRole('textbox', { name: 'E-mail' }).fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

test('on a Supabase of their own, people sign in by e-mail and password, and meet', async () => {
  const supabase = await startTestBackend()
  try {
    await using studyhall = await launchStudyhall()
    const environment = {
      STUDYHALL_SUPABASE_URL: supabase.url,
      STUDYHALL_SUPABASE_KEY: supabase.publishableKey,
    }
    const arrive = async (name: string): Promise<Person> => {
      const person = await studyhall.open(name, { environment })
      const { page } = person
      await showForm(page, 'Create account', 'I am new here')
      await page.getByRole('textbox', { name: 'Your name' }).fill(name)
      await page.getByRole('textbox', { name: 'E-mail' }).fill(`${name}@example.org`)
      await page.getByLabel('Password').fill(PASSWORD)
      await page.getByRole('button', { name: 'Create account' }).click()
      await expect(page.getByRole('heading', { name: 'Rooms', exact: true })).toBeVisible()
      return person
    }
    const ada = await arrive('Ada')
    const ben = await arrive('Ben')

    await ada.createRoom({ name: 'Far away' })
    await ada.joinNow('Far away')
    await ben.openRoom('Far away')
    await ben.joinNow('Far away')
    await Promise.all([expectPicture(ada.tileOf('Ben')), expectPicture(ben.tileOf('Ada'))])

    await test.step('Ada joins from a second computer; the first one is told why it is out', async () => {
      const laptop = await studyhall.open('Ada-laptop', { environment })
      await signIn(laptop.page, 'Ada@example.org', PASSWORD)
      await laptop.openRoom('Far away')
      await laptop.joinNow('Far away')
      await expect(ada.page.getByText('You joined from somewhere else')).toBeVisible()
      await expectPicture(laptop.tileOf('Ben'))
      await expect(ben.page.getByTestId('tile')).toHaveCount(2)
    })

    await test.step('a wrong password is told, and the right one opens the door again', async () => {
      const { page } = ben
      await ben.leave()
      await page.getByRole('button', { name: /account and appearance/ }).click()
      await page.getByRole('button', { name: 'Sign out' }).click()
      await signIn(page, 'Ben@example.org', 'not the password')
      await expect(page.getByRole('alert')).toBeVisible()
      await signIn(page, 'Ben@example.org', PASSWORD)
      await expect(page.getByRole('heading', { name: 'Rooms', exact: true })).toBeVisible()
    })
  } finally {
    await supabase.stop()
  }
})
