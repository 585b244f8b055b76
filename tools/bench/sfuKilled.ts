import { mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { readLivekitRecord } from '../../src/backend/livekit/orphan.ts'
import type { Caller } from '../../test/media/callBrowser.ts'
import { type RealCall, startRealCall } from '../../test/media/realCall.ts'
import { untilAllOn } from '../../test/media/untilAllOn.ts'
import { livekitProgram } from '../../test/support/livekit.ts'
import { type Figure, median, printReport } from './report.ts'

/** Kills of a server that comes back by itself. */
const ROUNDS = 3
/** How long a room of five has no server. */
const AWAY_MS = 12_000
const PATIENCE_MS = 90_000
/** Packets a second of one open microphone that never pauses, less some that come a little late. */
const STEADY_PACKETS = 40
const picture = { width: 160, height: 120, frameRate: 10 }

/** What an outage was, for each person and each of the others: the longest time without a new picture, and without their tone. */
interface Outage {
  readonly picturesMs: readonly number[]
  readonly soundsMs: readonly number[]
}

const rest = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))

async function untilTrue(what: string, isTrue: () => Promise<boolean>): Promise<void> {
  const untilMs = performance.now() + PATIENCE_MS
  while (!(await isTrue())) {
    if (performance.now() > untilMs) throw new Error(`${what}: not within ${PATIENCE_MS} ms`)
    await rest(50)
  }
}

async function forget(people: readonly Caller[]): Promise<void> {
  for (const person of people) {
    await person.run((page) => page.takeHeard())
    await person.run((page) => page.takeGaps())
  }
}

/** Kills the server as a crash would. Resolves once each of them has been told, with the milliseconds until the last was. */
async function killAndTell(call: RealCall, people: readonly Caller[]): Promise<number> {
  const record = await readLivekitRecord(join(call.backend.dataDir, 'livekit.pid'))
  if (record === null) throw new Error('no LiveKit runs')
  // They look before it happens: the first may be over it before the last is asked.
  const told = Promise.all(
    people.map((person) =>
      person.until((page) => {
        const snapshot = page.call()
        return snapshot.kind === 'live' && snapshot.mediaServer !== 'connected'
      }, PATIENCE_MS),
    ),
  )
  await rest(500)
  const killedAtMs = performance.now()
  process.kill(record.pid, 'SIGKILL')
  await told
  return performance.now() - killedAtMs
}

/** Resolves once each of them gets pictures and sound of all the others again, by whatever path. */
async function untilAllMeet(people: readonly Caller[]): Promise<Outage> {
  for (const person of people) {
    const names = people.filter((other) => other !== person).map((other) => other.name)
    const before = await person.run((page) => page.frames())
    await untilTrue(`${person.name} sees all others`, async () => {
      const now = await person.run((page) => page.frames())
      return names.every((name) => (now[name] ?? 0) >= (before[name] ?? 0) + 3)
    })
    let heard = (await person.run((page) => page.traffic())).audioPacketsReceived
    await untilTrue(`${person.name} hears all others`, async () => {
      await rest(1_000)
      const known = heard
      heard = (await person.run((page) => page.traffic())).audioPacketsReceived
      return heard - known >= names.length * STEADY_PACKETS
    })
  }
  // What is heard is read some 200 ms late.
  await rest(1_000)
  const picturesMs: number[] = []
  const soundsMs: number[] = []
  for (const person of people) {
    const gaps = Object.values(await person.run((page) => page.takeGaps()))
    picturesMs.push(...gaps.map((gap) => Math.max(gap.longestMs, gap.atSwapMs ?? 0)))
    const voices = Object.values(await person.run((page) => page.takeHeard()))
    if (voices.length !== people.length - 1) throw new Error(`${person.name} heard ${voices.length} people`)
    soundsMs.push(...voices.map((voice) => voice.longestSilenceMs))
  }
  return { picturesMs, soundsMs }
}

/** The server by a name of our own: once that is taken away it cannot be started any more. */
async function nameServer(program: string) {
  const folder = await mkdtemp(join(tmpdir(), 'studyhall-bench-'))
  const path = join(folder, 'livekit-server')
  const put = (): Promise<void> => symlink(program, path)
  await put()
  return {
    path,
    put,
    takeAway: () => rm(path),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
}

if (livekitProgram === null) {
  process.stderr.write('There is no LiveKit server; `npm run livekit` builds one.\n')
  process.exit(1)
}
await using server = await nameServer(livekitProgram)
process.env['STUDYHALL_LIVEKIT_SERVER'] = server.path
const call = await startRealCall(picture, '1 hour')
const restarted: Outage[] = []
const toldMs: number[] = []
let carriedOn: Outage
let deadToldMs = Number.NaN
let backMs = Number.NaN
try {
  const five: Caller[] = []
  for (const name of ['Ada', 'Ben', 'Chloe', 'Dan', 'Eve']) five.push(await call.arrive(name, true))
  await untilAllOn(five, 'sfu')
  await untilAllMeet(five)

  for (let round = 1; round <= ROUNDS; round += 1) {
    await forget(five)
    toldMs.push(await killAndTell(call, five))
    restarted.push(await untilAllMeet(five))
    await untilAllOn(five, 'sfu')
    process.stderr.write(`${JSON.stringify(restarted.at(-1))}\n`)
  }

  // Five without any server: a mesh carries four.
  await server.takeAway()
  deadToldMs = await killAndTell(call, five)
  await rest(AWAY_MS)
  for (const person of five) {
    const said = await person.run((page) => {
      const snapshot = page.call()
      return snapshot.kind === 'live'
        ? [snapshot.mediaServer, ...snapshot.others.map(({ link }) => link)]
        : []
    })
    process.stderr.write(`${person.name}: ${said.join(', ')}\n`)
    if (said[0] !== 'unreachable' || said.includes('connected')) throw new Error('a silent dead room')
  }
  await server.put()
  const againAtMs = performance.now()
  await untilAllMeet(five)
  backMs = performance.now() - againAtMs
  await untilAllOn(five, 'sfu')

  // Four, and no server ever after.
  const four = five.slice(0, 4)
  await five.at(-1)?.run((page) => page.leave())
  await untilAllOn(four, 'sfu')
  await forget(four)
  await server.takeAway()
  await killAndTell(call, four)
  carriedOn = await untilAllMeet(four)
  await untilAllOn(four, 'mesh')
  process.stderr.write(`${JSON.stringify(carriedOn)}\n`)
} finally {
  await call.close()
}

const ms = (what: string, value: number, note?: string): Figure => ({
  what,
  value,
  unit: 'ms',
  ...(note === undefined ? {} : { note }),
})
const outage = (what: string, outages: readonly Outage[]): readonly Figure[] => {
  const pictures = outages.flatMap(({ picturesMs }) => picturesMs)
  const sounds = outages.flatMap(({ soundsMs }) => soundsMs)
  return [
    ms(`${what}: without a new picture, median`, median(pictures)),
    ms(`${what}: the same, worst`, Math.max(...pictures), 'to be at most 10000'),
    ms(`${what}: silence of a steady tone, median`, median(sounds)),
    ms(`${what}: the same, worst`, Math.max(...sounds), 'to be at most 10000'),
  ]
}
printReport({
  name: 'The media server is killed',
  method: `The media stack on the embedded backend and LiveKit, everybody in one Chromium on loopback, ${picture.width}×${picture.height}@${picture.frameRate}, a tone each, both measured at everybody of everybody. Five people, ${ROUNDS} kills, after each of which the backend starts the server again; once the program is away for ${AWAY_MS / 1_000} s, which a mesh of five cannot mend; with four people it is away for good.`,
  figures: [
    ...outage('five, started again', restarted),
    ms('five: until all are told, worst', Math.max(...toldMs)),
    ms('five, server away: until all are told', deadToldMs),
    ms('five, server there again: until all see and hear all', backMs),
    ...outage('four, server gone for good', [carriedOn]),
  ],
})
