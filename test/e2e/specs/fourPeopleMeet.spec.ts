import { expect, test } from '@playwright/test'
import { launchStudyhall } from '../helpers/launchStudyhall.ts'
import { expectPicture, expectSoundFrom } from '../helpers/media.ts'
import type { Person } from '../helpers/person.ts'

test('four people meet; a fifth is told why not; one is killed and the others and the lobby follow', async () => {
  test.setTimeout(240_000)
  await using studyhall = await launchStudyhall()
  const arrive = async (name: string): Promise<Person> => {
    const person = await studyhall.open(name)
    await person.introduce()
    return person
  }
  const ada = await arrive('Ada')
  const ben = await arrive('Ben')
  const chloe = await arrive('Chloe')
  const dai = await arrive('Dai')
  const people = [ada, ben, chloe, dai]

  await test.step('all meet', async () => {
    await ada.createRoom({ name: 'Linear algebra' })
    await ada.joinNow('Linear algebra')
    for (const person of [ben, chloe, dai]) {
      await person.openRoom('Linear algebra')
      await person.joinNow('Linear algebra')
    }
  })

  await test.step('every one sees every other one', async () => {
    for (const viewer of people) {
      for (const seen of people.filter((person) => person !== viewer)) {
        await expectPicture(viewer.tileOf(seen.name))
      }
    }
  })

  await test.step('every one hears every other one', async () => {
    for (const listener of people) await expectSoundFrom(listener.page, 3)
  })

  await test.step('a fifth is told that the room is full', async () => {
    const eve = await arrive('Eve')
    await expect(eve.lobbyEntry('Linear algebra')).toContainText('4/')
    await eve.tryToJoin('Linear algebra')
    await expect(eve.page.getByText(/full/i).first()).toBeVisible()
    await studyhall.close(eve)
  })

  await test.step('Dai is killed: gone for the others within 20 seconds, and the call goes on', async () => {
    await studyhall.kill(dai)
    for (const person of [ada, ben, chloe]) {
      await expect(person.tileOf('Dai')).toHaveCount(0, { timeout: 20_000 })
    }
    await expectPicture(ada.tileOf('Chloe'))
  })

  await test.step('the lobby follows within the 75 seconds that the database needs', async () => {
    await chloe.leave()
    await expect(chloe.lobbyEntry('Linear algebra')).toContainText('2/', { timeout: 80_000 })
  })
})
