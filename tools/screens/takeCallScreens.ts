import { expect } from '@playwright/test'
import type { Page } from 'playwright-core'
import { expectPicture } from '../../test/e2e/helpers/media.ts'
import { rest, shoot, shootInOthers, VIEWPORT } from './shoot.ts'
import type { People } from './takeLobbyScreens.ts'

const ROOM = 'Thesis hour'
const GOAL = 'Outline of chapter two'

/** A call of four, from before joining to its recording. */
export async function takeCallScreens(people: People): Promise<void> {
  const { ada } = people
  await ada.createRoom({ name: ROOM, tags: 'writing, quiet' })
  await ada.page.waitForFunction(() => (document.querySelector('video')?.videoWidth ?? 0) > 2)
  await ada.page.getByRole('textbox', { name: 'What will you do?' }).fill(GOAL)
  await rest(ada.page)
  await shoot(ada.page, 'before-joining')
  await ada.joinNow(ROOM)
  await shoot(ada.page, 'room-alone')
  await comeTogether(people)
  await shoot(ada.page, 'room')
  await shootInOthers(ada.page, 'room')
  await takeTogether(people)
  await takeFocus(people)
  await takeRecording(people)
}

async function comeTogether({ ada, ben, chloe, dai }: People): Promise<void> {
  for (const person of [ben, chloe, dai]) {
    await person.leave()
    await person.openRoom(ROOM)
    await person.joinNow(ROOM)
    // Four apps on one machine may need longer than a check is given here.
    await ada.tileOf(person.name).locator('video').waitFor()
    await expectPicture(ada.tileOf(person.name))
  }
  await dai.page.getByRole('button', { name: 'Turn camera off' }).click()
  await chloe.page.getByRole('button', { name: 'Mute', exact: true }).click()
  await ada.tileOf('Dai').locator('video').waitFor({ state: 'hidden' })
}

async function takeTogether({ ada, ben, chloe, dai }: People): Promise<void> {
  const { page } = ada
  await chloe.page.keyboard.press('h')
  await ada.tileOf('Chloe').getByText('Hand up').waitFor()
  await page.getByRole('button', { name: 'People', exact: true }).click()
  await shoot(page, 'room-people')
  await page.getByRole('button', { name: 'Close the list of people' }).click()
  await chloe.page.keyboard.press('h')

  await page.getByRole('button', { name: 'Chat', exact: true }).click()
  await shoot(page, 'room-chat-empty')
  const said = [
    [ben, 'Chapter two today. You?'],
    [dai, 'Proofs. Camera off, I look like a proof myself'],
    [ada, 'Outline first: https://example.org/thesis-outline'],
  ] as const
  for (const [person, text] of said) {
    if (person !== ada) await person.page.getByRole('button', { name: /^Chat/ }).click()
    await person.page.getByRole('textbox', { name: 'Message' }).fill(text)
    await person.page.keyboard.press('Enter')
    await page.getByRole('log', { name: 'Chat' }).getByText(text.slice(0, 12)).waitFor()
  }
  await shoot(page, 'room-chat')
  await page.getByRole('button', { name: 'Close the chat' }).click()

  await page.getByRole('button', { name: 'More', exact: true }).click()
  await shoot(page, 'room-more', ['light'])
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Edit room' }).click()
  await shoot(page, 'room-settings')
  await page.keyboard.press('Escape')
  await page.keyboard.press('?')
  await shoot(page, 'keys')
  await page.keyboard.press('Escape')
}

async function takeFocus({ ada }: People): Promise<void> {
  const { page } = ada
  await page.getByRole('button', { name: 'Timer', exact: true }).click()
  await expect(page.getByRole('textbox', { name: 'What will you do?' })).toHaveValue(GOAL)
  await shoot(page, 'room-timer')
  await page.getByRole('button', { name: 'Start focus' }).click()
  await page.keyboard.press('Escape')
  await page
    .getByTestId('room-timer')
    .getByRole('button', { name: /^Focus/ })
    .waitFor()
  await untilNetworkIsGood(page)
  await rest(page)
  await shoot(page, 'room-focus')
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('radio', { name: 'Focus' }).check({ force: true })
  await page.keyboard.press('Escape')
  await untilNetworkIsGood(page)
  await rest(page)
  await shoot(page, 'room-focus-view')
  await page.getByRole('button', { name: 'Show the others' }).click()
  await takeStatistics(page)

  await page.keyboard.press('s')
  await page.getByRole('main', { name: ROOM }).getByRole('button', { name: 'Leave' }).waitFor()
  // A page whose size was set by hand does not follow its window.
  await page.setViewportSize({ width: 320, height: 96 })
  await shoot(page, 'room-compact')
  await page.keyboard.press('s')
  await page.setViewportSize(VIEWPORT)
}

/** After a while in focus. */
async function takeStatistics(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('button', { name: 'Statistics' }).click()
  // Charts that have something to show: half of their two minutes.
  await page.waitForFunction(
    () => (document.querySelector('aside dd svg path')?.getAttribute('d')?.split('L').length ?? 0) > 30,
    undefined,
    { timeout: 120_000 },
  )
  await rest(page)
  await shoot(page, 'room-statistics')
  await page.getByRole('button', { name: 'Close the statistics' }).click()
}

/** Four apps on one machine take each other's time, which passes for a weak network at first. */
async function untilNetworkIsGood(page: Page): Promise<void> {
  const sign = page.getByText(/network: video lowered/).first()
  // A machine that is slow for good has its pictures all the same.
  await sign.waitFor({ state: 'hidden', timeout: 60_000 }).catch(() => undefined)
}

async function takeRecording({ ada, ben, chloe, dai }: People): Promise<void> {
  await ben.page.getByRole('button', { name: 'More', exact: true }).click()
  await ben.page.getByRole('button', { name: 'Record', exact: true }).click()
  await ben.page.getByRole('button', { name: 'Ask everybody' }).click()
  await ada.page.getByRole('dialog', { name: 'May Ben record this call?' }).waitFor()
  await shoot(ada.page, 'recording-asked')
  for (const { page } of [ada, chloe, dai]) await page.getByRole('button', { name: 'Yes, I agree' }).click()
  await ada.page.getByTestId('recording-strip').getByText('Ben is recording this call').waitFor()
  await expectPicture(ada.tileOf('Ben'))
  await shoot(ada.page, 'recording')
}
