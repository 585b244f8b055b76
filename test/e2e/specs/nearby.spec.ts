import { networkInterfaces } from 'node:os'
import { expect, test } from '@playwright/test'
import { startAgain } from '../helpers/launchApp.ts'
import { launchStudyhall } from '../helpers/launchStudyhall.ts'
import { expectPicture } from '../helpers/media.ts'
import type { Person } from '../helpers/person.ts'

const hasNetwork = Object.values(networkInterfaces()).some((infos = []) =>
  infos.some(({ family, internal }) => family === 'IPv4' && !internal),
)

async function startHosting({ page, name }: Person): Promise<string> {
  await page.getByRole('button', { name: `${name}, account and appearance` }).click()
  await page.getByRole('button', { name: 'Host for people nearby' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Start hosting' }).click()
  const dialog = page.getByRole('dialog', { name: 'You are hosting' })
  await expect(dialog.getByRole('img', { name: /QR code/ })).toBeVisible()
  const code = await dialog.getByRole('textbox', { name: 'Code for guests' }).inputValue()
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  return code
}

async function join({ page }: Person, code: string): Promise<void> {
  await page.getByRole('button', { name: 'Join a host nearby' }).click()
  const dialog = page.getByRole('dialog', { name: 'Join a host nearby' })
  await dialog.getByRole('textbox', { name: 'Code' }).fill(code)
  await dialog.getByRole('button', { name: 'Join', exact: true }).click()
}

test('one hosts for people nearby; another joins by the code, they meet, and is told when it ends', async () => {
  test.skip(!hasNetwork, 'this machine is on no network')
  // Two computers as far as the app can tell: each has its own data, its own backend and its own key.
  await using home = await launchStudyhall()
  await using elsewhere = await launchStudyhall()
  const ada = await home.open('Ada')
  await ada.introduce()
  const ben = await elsewhere.open('Ben')

  const code =
    await test.step('Ada opens her rooms, and sees for as long as it lasts that they are', async () => {
      const given = await startHosting(ada)
      expect(given).toMatch(/^studyhall:\/\/host\/[\da-f._-]+:\d+~[\w-]{43}~[\w-]{22}$/)
      await expect(
        ada.page.getByText('Your rooms are open to people nearby who have your code'),
      ).toBeVisible()
      return given
    })

  await test.step('a code of another computer at this address is refused', async () => {
    const forged = code.replace(/~[\w-]{42}/, `~${'A'.repeat(42)}`)
    await join(ben, forged)
    await expect(ben.page.getByRole('alert')).toContainText('Another computer answers at this address')
    await ben.page.keyboard.press('Escape')
  })

  await test.step('Ben joins by the code, and is known to be a guest', async () => {
    await join(ben, code)
    await expect(ben.page.getByText('You are about to enter Ada’s rooms')).toBeVisible()
    await ben.introduce()
    await expect(ben.page.getByText('You are in Ada’s rooms, as a guest')).toBeVisible()
    await expect(ada.page.getByText('1 guest is here')).toBeVisible()
  })

  await test.step('they meet in a room with pictures', async () => {
    await ada.createRoom({ name: 'Kitchen table' })
    await ada.joinNow('Kitchen table')
    await ben.openRoom('Kitchen table')
    await ben.joinNow('Kitchen table')
    await Promise.all([expectPicture(ada.tileOf('Ben')), expectPicture(ben.tileOf('Ada'))])
  })

  await test.step('Ada stops; Ben is told and at home again, where nothing of hers is', async () => {
    await ada.leave()
    await ada.page.getByRole('button', { name: 'Show', exact: true }).click()
    const dialog = ada.page.getByRole('dialog', { name: 'You are hosting' })
    await expect(dialog).toContainText('1 app connected')
    // Ben is in his room still, and the processor is known from the second look on.
    await expect(dialog).toContainText(/Rooms in use1People in rooms1Processor\d+%Sending/)
    await dialog.getByRole('button', { name: 'Stop hosting' }).click()
    await expect(ben.page.getByText('Ada stopped hosting. You are back in your own rooms.')).toBeVisible()
    await expect(ben.page.getByRole('heading', { name: 'Welcome to Studyhall' })).toBeVisible()
    await ben.introduce()
    await expect(ben.lobbyEntry('Kitchen table')).toHaveCount(0)
  })

  await test.step('the old code is worth nothing; by the link of a new one Ben comes back as himself', async () => {
    await ada.page.keyboard.press('Escape')
    const next = await startHosting(ada)
    expect(next).not.toBe(code)
    await startAgain({ profile: 'ben', dataDir: elsewhere.dataFolder, args: [code] })
    const dialog = ben.page.getByRole('dialog', { name: 'Join a host nearby' })
    await dialog.getByRole('button', { name: 'Join', exact: true }).click()
    await expect(dialog.getByRole('alert')).toContainText('does not take this code any more')
    await startAgain({ profile: 'ben', dataDir: elsewhere.dataFolder, args: [next] })
    await dialog.getByRole('button', { name: 'Join', exact: true }).click()
    await expect(ben.page.getByText('You are in Ada’s rooms, as a guest')).toBeVisible()
    // No name is asked for: his account at Ada's was kept.
    await expect(ben.lobbyEntry('Kitchen table')).toBeVisible()
    await ben.page.getByRole('button', { name: 'Leave Ada' }).click()
    await expect(ben.page.getByText('as a guest')).toHaveCount(0)
    await expect(ben.lobbyEntry('Kitchen table')).toHaveCount(0)
  })
})
