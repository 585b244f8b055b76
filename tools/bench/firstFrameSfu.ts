import process from 'node:process'
import { hasLivekit, startRealCall } from '../../test/media/realCall.ts'
import { median, printReport } from './report.ts'

/** Five joins a minute are what a person may; each newcomer is another one. */
const ROUNDS = 5
const picture = { width: 320, height: 240, frameRate: 15 }

/** From join() to the first frame of somebody else, for each of several newcomers to a room with one person. */
async function measure(topology: 'mesh' | 'sfu'): Promise<readonly number[]> {
  const call = await startRealCall(picture, '1 hour')
  const times: number[] = []
  try {
    const ada = await call.arrive('Ada')
    if (topology === 'sfu') {
      await call.moveToSfu([ada])
    }
    for (let round = 1; round <= ROUNDS; round += 1) {
      const ben = await call.arrive(`Ben ${round}`)
      await ben.until((page) => page.firstFrameMs() !== null)
      times.push((await ben.run((page) => page.firstFrameMs())) ?? Number.NaN)
      await ben.run((page) => page.leave())
      await ben.context.close()
    }
  } finally {
    await call.close()
  }
  return times
}

if (!(await hasLivekit())) {
  process.stderr.write('There is no LiveKit server; `npm run livekit` builds one.\n')
  process.exit(1)
}
const mesh = await measure('mesh')
const sfu = await measure('sfu')
process.stderr.write(`${JSON.stringify({ mesh, sfu })}\n`)
printReport({
  name: 'Join to first frame, mesh and SFU',
  method: `From join() to the first frame wider than 2 pixels at the newcomer to a room with one person; the media stack on the embedded backend and LiveKit, loopback, ${picture.width}×${picture.height}@${picture.frameRate}; ${ROUNDS} newcomers each.`,
  figures: [
    { what: 'mesh, median', value: median(mesh), unit: 'ms' },
    { what: 'mesh, worst', value: Math.max(...mesh), unit: 'ms' },
    { what: 'SFU, median', value: median(sfu), unit: 'ms' },
    { what: 'SFU, worst', value: Math.max(...sfu), unit: 'ms' },
  ],
})
