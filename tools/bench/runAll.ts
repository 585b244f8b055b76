import { spawn } from 'node:child_process'
import process from 'node:process'

/** In the order of the time they take. `npm run bench -- startUp joinNow` runs only those. */
const benchmarks = [
  'bundleSizes',
  'startUp',
  'idleLobby',
  'joinNow',
  'machineReadings',
  'joinRate',
  'heartbeatCost',
  'roomIndexes',
  'hiddenRooms',
  'realtimeLoad',
  'backendLoad',
  'firstFrame',
  'tileReturn',
  'firstFrameSfu',
  'switchGap',
  'sfuKilled',
  'effectsCost',
  'callCpu',
  'focusPhases',
  'appCall',
  'fiftyPeople',
  'lobbyPages',
  'soak',
  'shortTokens',
]
/** Names for several at once: `npm run bench -- backend`. */
const groups: Readonly<Record<string, readonly string[]>> = {
  desktop: ['bundleSizes', 'startUp', 'idleLobby'],
  backend: [
    'joinRate',
    'heartbeatCost',
    'roomIndexes',
    'hiddenRooms',
    'realtimeLoad',
    'backendLoad',
    'lobbyPages',
    'shortTokens',
  ],
  media: [
    'firstFrame',
    'firstFrameSfu',
    'tileReturn',
    'switchGap',
    'sfuKilled',
    'effectsCost',
    'callCpu',
    'focusPhases',
    'appCall',
    'fiftyPeople',
    'soak',
  ],
}

const wanted = process.argv.slice(2).flatMap((name) => groups[name] ?? [name])
const unknown = wanted.filter((name) => !benchmarks.includes(name))
if (unknown.length > 0) {
  const known = [...Object.keys(groups), ...benchmarks].join(', ')
  console.error(`There is no benchmark ${unknown.join(', ')}. There are: ${known}.`)
  process.exit(2)
}
for (const name of wanted.length > 0 ? wanted : benchmarks) {
  const child = spawn(process.execPath, [`tools/bench/${name}.ts`], {
    stdio: ['ignore', 'inherit', 'ignore'],
  })
  const code = await new Promise<number>((resolve) =>
    child.once('close', (exitCode) => resolve(exitCode ?? 1)),
  )
  if (code !== 0) {
    console.error(`${name} failed; \`node tools/bench/${name}.ts\` says why.`)
    process.exitCode = 1
  }
}
