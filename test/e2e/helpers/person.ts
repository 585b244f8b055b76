import { expect } from '@playwright/test'
import type { Locator, Page } from '@playwright/test'

/** What a person does with the app, by the names that they see and hear. */
export interface Person {
  readonly page: Page
  readonly name: string
  introduce(): Promise<void>
  /** From the lobby to the page before joining. */
  createRoom(room: {
    readonly name: string
    readonly tags?: string
    readonly password?: string
  }): Promise<void>
  /** From the lobby to the page before joining, where camera and microphone are turned on if they are off because the room is new. */
  openRoom(roomName: string): Promise<void>
  /** From the page before joining into the room. */
  joinNow(roomName: string): Promise<void>
  /** From the lobby, for somebody who may be refused. */
  tryToJoin(roomName: string): Promise<void>
  leave(): Promise<void>
  /** The tile of somebody in the room. */
  tileOf(name: string): Locator
  /** The room's entry in the lobby. */
  lobbyEntry(roomName: string): Locator
}

export function createPerson(page: Page, name: string): Person {
  // So that whatever does not come fails where it was waited for, and not with the whole test.
  page.setDefaultTimeout(20_000)
  const lobbyHeading = page.getByRole('heading', { name: 'Rooms', exact: true })
  const rooms = page.getByRole('list', { name: 'Rooms', exact: true })
  const readyHeading = page.getByRole('heading', { name: 'Ready to join?' })
  return {
    page,
    name,
    async introduce() {
      await page.getByRole('textbox', { name: 'Your name' }).fill(name)
      await page.getByRole('button', { name: 'Continue' }).click()
      await expect(lobbyHeading).toBeVisible()
    },
    async createRoom({ name: roomName, tags, password }) {
      await page.getByRole('button', { name: 'New room' }).first().click()
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('textbox', { name: 'Room name' }).fill(roomName)
      if (tags !== undefined) await dialog.getByRole('textbox', { name: 'Tags' }).fill(tags)
      if (password !== undefined) {
        await dialog.getByRole('radio', { name: 'Private' }).check({ force: true })
        await dialog.getByRole('textbox', { name: 'Password' }).fill(password)
      }
      await dialog.getByRole('button', { name: 'Create room' }).click()
      await expect(readyHeading).toBeVisible()
    },
    async openRoom(roomName) {
      await rooms.getByRole('button', { name: `Join ${roomName}` }).click()
      await expect(readyHeading).toBeVisible()
      if (!(await page.getByText('so you come in listening').isVisible())) return
      // New in a public room: seen and heard by whoever wants to be.
      await page.getByRole('button', { name: 'Unmute', exact: true }).click()
      await page.getByRole('button', { name: 'Turn camera on' }).click()
    },
    async joinNow(roomName) {
      await page.getByRole('button', { name: 'Join now' }).click()
      await expect(page.getByRole('heading', { name: roomName })).toBeVisible()
    },
    async tryToJoin(roomName) {
      await rooms.getByRole('button', { name: `Join ${roomName}` }).click()
      await page.getByRole('button', { name: 'Join now' }).click()
    },
    async leave() {
      await page.getByRole('button', { name: 'Leave', exact: true }).click()
      await expect(lobbyHeading).toBeVisible()
    },
    tileOf: (otherName) => page.getByTestId('tile').and(page.getByRole('group', { name: otherName })),
    lobbyEntry: (roomName) => rooms.getByRole('listitem').filter({ hasText: roomName }),
  }
}
