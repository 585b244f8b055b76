import { launchStudyhall } from '../../test/e2e/helpers/launchStudyhall.ts'
import { measureJoin } from '../../test/e2e/helpers/measureJoin.ts'
import { expectPicture } from '../../test/e2e/helpers/media.ts'
import { median, printReport } from './report.ts'

/** Five joins a minute are what a person may. */
const ROUNDS = 5

const switches = ['--use-fake-device-for-media-stream=fps=24', '--use-fake-ui-for-media-stream']
await using studyhall = await launchStudyhall()
const ada = await studyhall.open('Ada', { switches })
await ada.introduce()
await ada.createRoom({ name: 'Bench' })
await ada.joinNow('Bench')
const ben = await studyhall.open('Ben', { switches })
await ben.introduce()
const timesMs: number[] = []
for (let round = 0; round < ROUNDS; round += 1) {
  await ben.openRoom('Bench')
  // The preview runs: the camera is open before the press, as it is for people.
  await expectPicture(ben.page.locator('main'))
  timesMs.push(await measureJoin(ben, 'Ada'))
  await expectPicture(ada.tileOf('Ben'))
  await ben.leave()
}
process.stderr.write(`${JSON.stringify(timesMs.map(Math.round))}\n`)
printReport({
  name: 'From "Join now" to the first remote frame, two people',
  method: `The whole app, one profile each, embedded backend, loopback, fake cameras of 640×480@24; by the joiner's own clock from the press to the first presented frame wider than 2 pixels; ${ROUNDS} joins.`,
  figures: [
    { what: 'median', value: median(timesMs), unit: 'ms', note: 'to be at most 500' },
    { what: 'worst', value: Math.max(...timesMs), unit: 'ms' },
  ],
})
