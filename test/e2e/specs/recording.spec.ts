import { mkdir, readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { expectNoViolations } from '../helpers/expectNoViolations.ts'
import { launchStudyhall, type Studyhall } from '../helpers/launchStudyhall.ts'
import { expectPicture } from '../helpers/media.ts'
import { meet } from '../helpers/meet.ts'
import { openSection, panelOf } from '../helpers/settingsPanel.ts'
import { playFile } from '../helpers/playFile.ts'
import { seekFilm } from '../../support/seekFilm.ts'

/** A folder for the films of a call, which is gone with the rest of it. */
async function makeFilmsFolder({ dataFolder }: Studyhall): Promise<string> {
  const films = join(dataFolder, 'films')
  await mkdir(films)
  return films
}

const strip = (page: Page) => page.getByTestId('recording-strip')

async function askToRecord(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('button', { name: 'Record', exact: true }).click()
  await page.getByRole('button', { name: 'Ask everybody' }).click()
}

test('a call is recorded with everybody’s consent: asked, agreed, written, ended by a withdrawal, and seekable; a crash keeps what was written', async () => {
  await using studyhall = await launchStudyhall()
  const films = await makeFilmsFolder(studyhall)
  const environment = { STUDYHALL_RECORDINGS_DIR: films }
  const [ben, ada] = await meet(studyhall, 'Thesis hour', ['Ben', 'Ada'], { environment })
  /** The latest film; none before there is one. */
  const latest = async (): Promise<{ path: string; size: number; mtimeMs: number } | undefined> => {
    const names = (await readdir(films)).filter((name) => name.endsWith('.webm'))
    const paths = names.map((name) => join(films, name))
    const all = await Promise.all(
      paths.map(async (path) => {
        const { size, mtimeMs, birthtimeMs } = await stat(path)
        return { path, size, mtimeMs, birthtimeMs }
      }),
    )
    return all.toSorted((a, b) => a.birthtimeMs - b.birthtimeMs).at(-1)
  }
  const bytes = async (): Promise<number> => (await latest())?.size ?? 0
  /** Players know how long it is before they have played it, and jump to its middle. */
  const expectSeekable = async (page: Page, path: string): Promise<void> => {
    await expect.poll(async () => (await seekFilm(page, await readFile(path))).durationS).toBeGreaterThan(1)
    const { durationS, middle } = await seekFilm(page, await readFile(path))
    expect(middle.atS).toBeCloseTo((durationS ?? 0) / 2, 1)
    expect(middle.colouredRatio).toBeGreaterThan(0.3)
  }
  const dialog = ben.page.getByRole('dialog', { name: 'May Ada record this call?' })

  await test.step('nothing is written while one is being asked, and the words can be read', async () => {
    await askToRecord(ada.page)
    await expect(strip(ada.page)).toContainText('Still to answer: Ben')
    await expect(dialog).toContainText('Into a file on the computer of Ada')
    await expectNoViolations(ben.page)
    expect(await readdir(films)).toEqual([])
  })

  await test.step('with the last yes it begins, everybody is told by whom, and the file grows', async () => {
    await dialog.getByRole('button', { name: 'Yes, I agree' }).click()
    await expect(strip(ada.page)).toContainText('You are recording this call')
    await expect(strip(ben.page)).toContainText('Ada is recording this call')
    await expectNoViolations(ben.page)
    await expect.poll(bytes).toBeGreaterThan(150_000)
  })

  await test.step('a withdrawal ends it at once; the file is found, and plays with pictures', async () => {
    // From the press itself: finding the button is not part of it.
    await ben.page.evaluate(() => {
      const note = () => (document.documentElement.dataset['pressedAtMs'] = String(Date.now()))
      addEventListener('click', note, { capture: true, once: true })
    })
    await ben.page.getByRole('button', { name: 'Take back my consent' }).click()
    await expect(ada.page.getByText('somebody has taken back their consent').last()).toBeVisible()
    await expect(ada.page.getByText(/The recording is saved as “.* Thesis hour\.webm”/)).toBeVisible()
    const { path = '', mtimeMs = 0 } = (await latest()) ?? {}
    const withdrawnAtMs = await ben.page.evaluate(() =>
      Number(document.documentElement.dataset['pressedAtMs']),
    )
    // A second, and what a busy computer takes to write the last piece of before.
    expect(mtimeMs - withdrawnAtMs).toBeLessThan(2_000)
    const played = await playFile(ada.page, await readFile(path))
    expect(played.playedMs).toBeGreaterThan(1_000)
    expect(played.colouredRatio).toBeGreaterThan(0.3)
    await expectSeekable(ada.page, path)
    await expectPicture(ada.tileOf('Ben'))
  })

  await test.step('the app of who records is killed: others are told, and what was written plays', async () => {
    await ada.page.getByRole('button', { name: 'Dismiss' }).first().click()
    await askToRecord(ada.page)
    await dialog.getByRole('button', { name: 'Yes, I agree' }).click()
    await expect(strip(ada.page)).toContainText('You are recording this call')
    await expect
      .poll(async () => (await readdir(films)).filter((name) => name.endsWith('.webm')).length)
      .toBe(2)
    await expect.poll(bytes).toBeGreaterThan(300_000)
    await studyhall.kill(ada)
    const { path = '' } = (await latest()) ?? {}
    const played = await playFile(ben.page, await readFile(path))
    expect(played.playedMs).toBeGreaterThan(1_000)
    expect(played.colouredRatio).toBeGreaterThan(0.3)
    expect((await seekFilm(ben.page, await readFile(path))).durationS).toBeNull()
  })

  await test.step('the next start gives it its length', async () => {
    const { path = '' } = (await latest()) ?? {}
    const again = await studyhall.open('Ada', { environment })
    await expectSeekable(ben.page, path)
    await expect(again.page.getByRole('heading', { name: 'Rooms', exact: true })).toBeVisible()

    // Both are in the settings, each with its length; a deleted one is gone, once that was asked for twice.
    await openSection(again.page, 'Storage')
    const list = panelOf(again.page).getByRole('list', { name: 'Recordings' })
    await expect(list.getByText(/ · \d\d:\d\d · [\d.]+ [kM]B/u)).toHaveCount(2)
    await expectNoViolations(again.page)
    const remove = list.getByRole('button', { name: /^Delete: / })
    await remove.first().click()
    await expect(list.getByRole('button', { name: 'Keep it' })).toBeFocused()
    await again.page.keyboard.press('Enter')
    await expect(remove.first()).toBeFocused()
    await again.page.keyboard.press('Enter')
    await list.getByRole('button', { name: 'Delete', exact: true }).click()
    await expect(list.getByRole('listitem')).toHaveCount(1)
    await expect(list).toBeFocused()
    expect(await readdir(films)).toHaveLength(1)
  })
})

test('who comes while a call is recorded is asked before anything of theirs is sent', async () => {
  await using studyhall = await launchStudyhall()
  const environment = { STUDYHALL_RECORDINGS_DIR: await makeFilmsFolder(studyhall) }
  const ada = await studyhall.open('Ada', { environment })
  await ada.introduce()
  await ada.createRoom({ name: 'Thesis hour' })
  await ada.joinNow('Thesis hour')
  await askToRecord(ada.page)
  await expect(strip(ada.page)).toContainText('You are recording this call')
  const ben = await studyhall.open('Ben')
  await ben.introduce()
  await ben.openRoom('Thesis hour')
  await ben.joinNow('Thesis hour')
  const dialog = ben.page.getByRole('dialog', { name: 'May Ada go on recording this call?' })
  await expect(dialog).toContainText('Nothing of your camera and microphone is sent before you answer')
  await expect(strip(ada.page)).toContainText('It pauses until an answer has come from: Ben')
  await expectPicture(ben.tileOf('Ada'))
  await expect(ada.tileOf('Ben').locator('video')).toBeHidden()

  // Put off, it can be come back to.
  await ben.page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await strip(ben.page).getByRole('button', { name: 'Answer' }).click()
  await dialog.getByRole('button', { name: 'Yes, I agree' }).click()
  await expectPicture(ada.tileOf('Ben'))
  await expect(strip(ada.page)).toContainText('You are recording this call.')

  // Leaving closes the file, and the lobby says where it is.
  await ada.leave()
  await expect(ada.page.getByText(/The recording is saved as/)).toBeVisible()
  await expect(
    ben.page.getByText('The recording has ended with the stay of who recorded').last(),
  ).toBeVisible()
})
