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
    readonly hasWaitingRoom?: boolean
  }): Promise<void>
  /** From the lobby to the page before joining, where camera and microphone are turned on if they are off because the room is new. */
  openRoom(roomName: string): Promise<void>
  /** From the page before joining into the room. */
  joinNow(roomName: string): Promise<void>
  /** From the lobby, for somebody who may be refused. */
  tryToJoin(roomName: string): Promise<void>
  leave(): Promise<void>
  /** Copies the code of the private room that they are in, reads it in the lobby, where it is pasted, and comes back. */
  copyRoomCode(roomName: string): Promise<string>
  /** From the lobby to the door of a private room, with what may open it. */
  knock(code: string, password: string): Promise<void>
  /** The tile of somebody in the room. */
  tileOf(name: string): Locator
  /** The room's entry in the lobby. */
  lobbyEntry(roomName: string): Locator
}

export function createPerson(page: Page, name: string): Person {
  // So that whatever does not come fails where it was waited for, and not with the whole test.
  page.setDefaultTimeout(20_000)
  const lobbyHeading = page.getByRole('heading', { name: 'Rooms', exact: true })
  // A room that one was in stands above the list.
  const rooms = page.getByRole('list', { name: /^(Rooms|Where you were lately)$/ })
  const search = page.getByRole('searchbox', { name: 'Search rooms' })
  const readyHeading = page.getByRole('heading', { name: 'Ready to join?' })
  const person: Person = {
    page,
    name,
    async introduce() {
      await page.getByRole('textbox', { name: 'Your name' }).fill(name)
      await page.getByRole('button', { name: 'Continue' }).click()
      await expect(lobbyHeading).toBeVisible()
    },
    async createRoom({ name: roomName, tags, password, hasWaitingRoom = false }) {
      await page.getByRole('button', { name: 'New room' }).first().click()
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('textbox', { name: 'Room name' }).fill(roomName)
      if (tags !== undefined) await dialog.getByRole('textbox', { name: 'Tags' }).fill(tags)
      if (password !== undefined) {
        await dialog.getByRole('radio', { name: 'Private' }).check({ force: true })
        await dialog.getByRole('textbox', { name: 'Password' }).fill(password)
      }
      if (hasWaitingRoom) await dialog.getByRole('switch', { name: 'Waiting room' }).check()
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
    async copyRoomCode(roomName) {
      await page.getByRole('button', { name: 'Copy room code' }).click()
      await expect(page.getByRole('button', { name: 'Code copied' })).toBeVisible()
      await person.leave()
      await search.focus()
      await page.keyboard.press('ControlOrMeta+v')
      const code = await search.inputValue()
      await search.fill('')
      await person.openRoom(roomName)
      await person.joinNow(roomName)
      return code
    },
    async knock(code, password) {
      await search.fill(code)
      await page.getByRole('button', { name: 'Go to the room' }).click()
      await page.getByRole('textbox', { name: 'Password' }).fill(password)
      await page.getByRole('button', { name: 'Join now' }).click()
    },
    tileOf: (otherName) => page.getByTestId('tile').and(page.getByRole('group', { name: otherName })),
    lobbyEntry: (roomName) => rooms.getByRole('listitem').filter({ hasText: roomName }),
  }
  return person
}
