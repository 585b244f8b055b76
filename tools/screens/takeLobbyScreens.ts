import type { Person } from '../../test/e2e/helpers/person.ts'
import type { portraits } from './portraits.ts'
import { shoot } from './shoot.ts'

/** Rooms that others have opened, so that the lobby shows what a lobby is. */
const rooms = [
  { host: 'Ben', name: 'Med school finals', tags: 'medicine' },
  { host: 'Chloe', name: 'Linear algebra', tags: 'maths, quiet' },
  { host: 'Dai', name: 'Deep work, cameras on', tags: 'quiet' },
] as const

/** Opens the app for somebody whose camera is their painted portrait. */
export type OpenFor = (name: keyof typeof portraits) => Promise<Person>

export interface People {
  readonly ada: Person
  readonly ben: Person
  readonly chloe: Person
  readonly dai: Person
}

/** From the first start to the settings. At the end Ada is in the lobby, and each of the others alone in a room. */
export async function takeLobbyScreens(open: OpenFor): Promise<People> {
  const ada = await open('Ada')
  const { page } = ada
  await page.getByRole('textbox', { name: 'Your name' }).waitFor()
  await shoot(page, 'welcome')
  await ada.introduce()
  await page.getByText('No rooms are open').waitFor()
  await shoot(page, 'lobby-empty')

  const hosts: Person[] = []
  for (const { host, name, tags } of rooms) {
    const person = await open(host)
    hosts.push(person)
    await person.introduce()
    await person.createRoom({ name, tags })
    await person.joinNow(name)
  }
  const [ben, chloe, dai] = hosts
  if (ben === undefined || chloe === undefined || dai === undefined) throw new Error('Somebody is missing.')

  await page.getByRole('button', { name: 'New room' }).first().click()
  await page.getByRole('textbox', { name: 'Room name' }).fill('Thesis hour')
  await page.getByRole('textbox', { name: 'Tags' }).fill('writing, quiet')
  await shoot(page, 'new-room')
  await page.getByRole('radio', { name: 'Private' }).check({ force: true })
  await shoot(page, 'new-room-private')
  await page.getByRole('switch', { name: 'Repeats every week' }).check({ force: true })
  await shoot(page, 'new-room-repeats')
  await page.keyboard.press('Escape')

  await page.keyboard.press('Control+,')
  // It opens where it was left: at the language.
  await page.getByRole('tab', { name: 'Devices' }).click()
  await page.getByRole('button', { name: 'Try the camera' }).click()
  await page.waitForFunction(
    () => (document.querySelector<HTMLVideoElement>('dialog video')?.videoWidth ?? 0) > 2,
  )
  await shoot(page, 'settings')
  await page.keyboard.press('Escape')
  return { ada, ben, chloe, dai }
}
