import process from 'node:process'
import type { Caller } from '../../test/media/callBrowser.ts'
import { hasLivekit, type RealCall, startRealCall } from '../../test/media/realCall.ts'
import { untilAllOn } from '../../test/media/untilAllOn.ts'
import { type Figure, median, printReport } from './report.ts'

/** Switches in each direction, each with fresh joins: five a minute are what a person may. */
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 4)
/** Fewer pictures tell what of the gaps is the machine's, which encodes and decodes both paths at once. */
const picture = { width: 160, height: 120, frameRate: Number(process.env['BENCH_FRAMERATE'] ?? 15) }

/** `BENCH_SHARES=1`: one of them shares a screen while a fifth comes. A room does not go back to a mesh meanwhile. */
const isShared = process.env['BENCH_SHARES'] === '1'

/** What a switch cost one observer. */
interface Cost {
  /** Around the swap of the shared screen. */
  readonly screenGapsMs: readonly number[]
  readonly gapsMs: readonly number[]
  readonly swapGapsMs: readonly number[]
  readonly silencesMs: readonly number[]
  readonly doubledMs: readonly number[]
  readonly tookMs: number
}

async function forget(person: Caller): Promise<void> {
  await person.run((page) => page.takeHeard())
  await person.run((page) => page.takeGaps())
}

/** `names`: those who are there all the time. */
async function readCost(person: Caller, names: readonly string[], tookMs: number): Promise<Cost> {
  const gaps = await person.run((page) => page.takeGaps())
  const heard = await person.run((page) => page.takeHeard())
  const theirs = names.flatMap((name) => gaps[name] ?? [])
  const voices = names.flatMap((name) => heard[name] ?? [])
  return {
    screenGapsMs: names.flatMap((name) => gaps[`screen of ${name}`]?.atSwapMs ?? []),
    gapsMs: theirs.map((gap) => Math.max(gap.longestMs, gap.atSwapMs ?? 0)),
    swapGapsMs: theirs.flatMap((gap) => gap.atSwapMs ?? []),
    silencesMs: voices.map((voice) => voice.longestSilenceMs),
    doubledMs: voices.map((voice) => voice.longestDoubledMs),
    tookMs,
  }
}

async function measureRound(
  call: RealCall,
  people: readonly Caller[],
  round: number,
): Promise<readonly Cost[]> {
  const [ada, ...others] = people
  if (ada === undefined) throw new Error('nobody came')
  const names = others.map((person) => person.name)
  await untilAllOn(people, 'mesh')
  const sharer = isShared ? others[0] : undefined
  await sharer?.run((page) => page.shareScreen({ content: 'text', withSound: false }))
  if (sharer !== undefined) await ada.until((page) => Object.keys(page.screens()).length > 0, 30_000)
  await forget(ada)
  await new Promise((resolve) => setTimeout(resolve, 3_000))
  const still = await readCost(ada, names, 0)
  let startedAtMs = performance.now()
  const eve = await call.arrive(`Eve ${round}`)
  await untilAllOn([...people, eve], 'sfu')
  const there = await readCost(ada, names, performance.now() - startedAtMs)
  await sharer?.run((page) => page.stopSharing())
  // As few as a mesh takes back: one of the four joins again afterwards.
  const dan = people.at(-1)
  startedAtMs = performance.now()
  await eve.run((page) => page.leave())
  await dan?.run((page) => page.leave())
  await untilAllOn(people.slice(0, -1), 'mesh')
  const back = await readCost(ada, names.slice(0, -1), performance.now() - startedAtMs)
  await eve.context.close()
  const { roomId } = call
  await dan?.page.evaluate(async (id) => {
    await window.callPage.prepare({ camera: true, microphone: true })
    await window.callPage.join(id)
  }, roomId)
  return [still, there, back]
}

if (!(await hasLivekit())) {
  process.stderr.write('There is no LiveKit server; `npm run livekit` builds one.\n')
  process.exit(1)
}
const call = await startRealCall(picture, '0 seconds')
const stills: Cost[] = []
const theres: Cost[] = []
const backs: Cost[] = []
try {
  const people = [await call.arrive('Ada', true)]
  for (const name of ['Ben', 'Chloe', 'Dan']) people.push(await call.arrive(name))
  for (let round = 1; round <= ROUNDS; round += 1) {
    const [still, there, back] = await measureRound(call, people, round)
    if (still === undefined || there === undefined || back === undefined) continue
    stills.push(still)
    theres.push(there)
    backs.push(back)
    process.stderr.write(`${JSON.stringify({ still, there, back })}\n`)
  }
} finally {
  await call.close()
}

const figuresOf = (what: string, costs: readonly Cost[], isSwitch: boolean) => [
  {
    what: `${what}: longest time without a new picture, median tile`,
    value: median(costs.flatMap((cost) => cost.gapsMs)),
    unit: 'ms' as const,
  },
  {
    what: `${what}: the same, worst tile`,
    value: Math.max(...costs.flatMap((cost) => cost.gapsMs)),
    unit: 'ms' as const,
  },
  ...(isSwitch
    ? [
        {
          what: `${what}: around the swap itself, median tile`,
          value: median(costs.flatMap((cost) => cost.swapGapsMs)),
          unit: 'ms' as const,
          note: 'to be at most 250',
        },
        {
          what: `${what}: around the swap itself, worst tile`,
          value: Math.max(...costs.flatMap((cost) => cost.swapGapsMs)),
          unit: 'ms' as const,
        },
      ]
    : []),
  {
    what: `${what}: longest silence of a steady tone, median`,
    value: median(costs.flatMap((cost) => cost.silencesMs)),
    unit: 'ms' as const,
  },
  {
    what: `${what}: longest time heard twice, worst`,
    value: Math.max(...costs.flatMap((cost) => cost.doubledMs)),
    unit: 'ms' as const,
    note: 'the fade is 60',
  },
  ...(isSwitch
    ? [
        {
          what: `${what}: until the old path is closed for all, median`,
          value: median(costs.map((cost) => cost.tookMs)),
          unit: 'ms' as const,
        },
      ]
    : []),
]

const screenGapsMs = theres.flatMap((cost) => cost.screenGapsMs)
const screenFigures: readonly Figure[] = isShared
  ? [
      {
        what: 'to the SFU: a shared screen of 5 pictures a second, around its swap, median',
        value: median(screenGapsMs),
        unit: 'ms',
      },
      { what: 'to the SFU: the same, worst', value: Math.max(...screenGapsMs), unit: 'ms' },
    ]
  : []

printReport({
  name: 'Mesh to SFU and back',
  method: `The media stack on the embedded backend and LiveKit, five people in one Chromium on loopback, ${picture.width}×${picture.height}@${picture.frameRate}, a tone each; seen and heard by the first of four: 3 s of the mesh, a fifth joins until everybody is on the SFU alone, two leave until three are a mesh alone. Of people who are there all the time; ${ROUNDS} rounds.`,
  figures: [
    ...figuresOf('mesh, untouched', stills, false),
    ...figuresOf('to the SFU', theres, true),
    ...screenFigures,
    ...figuresOf('back to a mesh', backs, true),
  ],
})
