import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { startTestBackend } from '../../test/support/backend.ts'
import { createLightPerson, type LightPerson } from '../../test/support/lightPerson.ts'
import type { RoomChannel } from '../../src/renderer/core/ports/roomChannel.ts'
import { HEARTBEAT_INTERVAL_MS } from '../../src/shared/limits.ts'
import { printReport } from './report.ts'

const PEOPLE = 4
const TOKEN_LIFETIME_S = 60
const MINUTES = Number(process.env['BENCH_TOKEN_MINUTES'] ?? 120)
const SEND_EVERY_MS = 5_000

/** Told to end, it tells what it has seen so far. */
const stopping = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort())

const counted = { renewals: 0, sent: 0, received: 0, beats: 0, beatsRefused: 0, interruptions: 0, gone: 0 }

/** Somebody in the room for as long as this runs. Resolves when they hear it. */
async function arrive(person: LightPerson, roomId: string): Promise<RoomChannel> {
  const { connectionId } = person
  person.client.auth.onAuthStateChange((event) => {
    if (event === 'TOKEN_REFRESHED') counted.renewals += 1
  })
  const joined = await person.rooms.join(roomId, { connectionId, supportsSfu: false })
  if (!joined.ok) throw new Error(joined.error.message)
  return await new Promise((resolve) => {
    let wasJoined = false
    const channel: RoomChannel = person.openChannel(joined.value.channel, {
      handleStatus(status) {
        if (status !== 'joined') {
          if (wasJoined && !isOver) counted.interruptions += 1
        } else if (!wasJoined) {
          wasJoined = true
          resolve(channel)
        }
      },
      handleMediaState: () => void (counted.received += 1),
      handleParticipantLeft: () => void (counted.gone += 1),
    })
  })
}

const backend = await startTestBackend({ accessTokenLifetimeS: TOKEN_LIFETIME_S })
const people: LightPerson[] = []
let ranMinutes = 0
/** Once it is over the channels are taken away, which is no interruption. */
let isOver = false
try {
  for (let index = 0; index < PEOPLE; index += 1)
    people.push(await createLightPerson(backend, `person-${index}`))
  const created = await people[0]?.rooms.create({ name: 'Long evening' }, crypto.randomUUID())
  if (created?.ok !== true) throw new Error('no room')
  const { roomId } = created.value
  const channels: (readonly [LightPerson, RoomChannel])[] = []
  for (const person of people) channels.push([person, await arrive(person, roomId)])
  const startedAtMs = performance.now()
  let beatenAtMs = startedAtMs
  for (let isMuted = false; ranMinutes < MINUTES && !stopping.signal.aborted; isMuted = !isMuted) {
    for (const [{ connectionId }, channel] of channels) {
      channel.sendMediaState({
        connectionId,
        mediaState: { isMuted, isVideoOff: true, isScreensharing: false },
      })
      counted.sent += 1
    }
    if (performance.now() - beatenAtMs >= HEARTBEAT_INTERVAL_MS) {
      beatenAtMs = performance.now()
      for (const { rooms, connectionId } of people) {
        counted.beats += 1
        if (!(await rooms.heartbeat(roomId, connectionId)).ok) counted.beatsRefused += 1
      }
    }
    await sleep(SEND_EVERY_MS, undefined, { signal: stopping.signal }).catch(() => undefined)
    ranMinutes = (performance.now() - startedAtMs) / 60_000
  }
} finally {
  isOver = true
  for (const { client } of people) {
    await client.auth.stopAutoRefresh()
    await client.removeAllChannels()
  }
  await backend.stop()
}
printReport({
  name: 'A long call on short tokens',
  method: `${PEOPLE} people in a room of the embedded backend with the app's own Supabase adapters, without media, which needs no tokens once it flows. Tokens are good for ${TOKEN_LIFETIME_S} s; everybody tells the others something every ${SEND_EVERY_MS / 1_000} s and beats every ${HEARTBEAT_INTERVAL_MS / 1_000} s.`,
  figures: [
    { what: 'length', value: ranMinutes * 60, unit: 's' },
    { what: 'tokens renewed', value: counted.renewals, unit: 'count' },
    { what: 'channels interrupted', value: counted.interruptions, unit: 'count' },
    { what: 'people shown as gone', value: counted.gone, unit: 'count' },
    {
      what: 'messages lost',
      value: counted.sent * (PEOPLE - 1) - counted.received,
      unit: 'count',
      note: `of ${counted.sent * (PEOPLE - 1)}`,
    },
    { what: 'heartbeats refused', value: counted.beatsRefused, unit: 'count', note: `of ${counted.beats}` },
  ],
})
process.exit(0)
