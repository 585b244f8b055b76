/**
 * Rooms full of people on the embedded backend: `node tools/bench/backendLoad.ts [--rooms 100] [--people 8]
 * [--seconds 60]`.
 *
 * Method: the backend is a program of its own, as `npm run backend` starts it; this process holds all people. The rooms
 * fill at the same time, each one person after the other: HTTP join, channel, presence. Then, for the given seconds,
 * everybody beats every 30 s (a database function through the Data API) and every 10 s changes what they send, which is
 * one broadcast and one PATCH; moments are spread evenly. Then everybody leaves. Nothing may be lost: each broadcast
 * must reach the seven others, each joining and leaving those who were there; the database must count right at every
 * stage. Clients and server share the machine's cores, so that the latencies include the clients' own work.
 */
import { randomUUID } from 'node:crypto'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { startBenchBackend, type BenchBackend, type BenchPerson } from './benchBackend.ts'
import { openRealtimeSocket, type RealtimeSocket } from './realtimeSocket.ts'
import { readProcessUsage } from './processUsage.ts'
import { printReport, quantile, type Figure } from './report.ts'

const { values: flags } = parseArgs({
  options: {
    rooms: { type: 'string', default: '100' },
    people: { type: 'string', default: '8' },
    seconds: { type: 'string', default: '60' },
  },
})
const [roomCount, peoplePerRoom, seconds] = [Number(flags.rooms), Number(flags.people), Number(flags.seconds)]
const HEARTBEAT_MS = 30_000
const MEDIA_CHANGE_MS = 10_000
const NEWS_LOST_AFTER_MS = 10_000

type Kind =
  'join' | 'channel' | 'heartbeat' | 'media' | 'leave' | 'broadcast' | 'told of join' | 'told of leave'
const timesMs: Record<Kind, number[]> = {
  join: [],
  channel: [],
  heartbeat: [],
  media: [],
  leave: [],
  broadcast: [],
  'told of join': [],
  'told of leave': [],
}
let refused = 0
let broadcastsSent = 0
/** When the request that others are to be told of was sent, by connection. */
const askedAtMs = { join: new Map<string, number>(), leave: new Map<string, number>() }

interface Participant {
  readonly person: BenchPerson
  readonly roomId: string
  readonly connectionId: string
  readonly socket: RealtimeSocket
}

const joinedSchema = z.object({ channel: z.string() })
const createdSchema = z.object({ roomId: z.uuid() })
const connectionSchema = z.object({ connectionId: z.string() })
const stampSchema = z.object({ sentAtMs: z.number() })

async function timed(
  kind: Kind,
  backend: BenchBackend,
  person: BenchPerson,
  ...request: [string, string, unknown]
): Promise<unknown> {
  const { status, body, tookMs } = await backend.call(person, ...request)
  if (status >= 300) refused += 1
  timesMs[kind].push(tookMs)
  return body
}

/** `ownId`: the news of one's own joining may come after one's channel is open, and counts for nobody. */
function handleBroadcast(ownId: string, event: string, payload: unknown, arrivedAtMs: number): void {
  if (event === 'media_state') timesMs.broadcast.push(arrivedAtMs - stampSchema.parse(payload).sentAtMs)
  const told = event === 'participant_joined' ? 'join' : event === 'participant_left' ? 'leave' : null
  if (told === null) return
  const { connectionId } = connectionSchema.parse(payload)
  if (connectionId === ownId) return
  const asked = askedAtMs[told].get(connectionId)
  if (asked !== undefined) timesMs[`told of ${told}`].push(arrivedAtMs - asked)
  if (told === 'leave') awaitedNews.get(connectionId)?.()
}

async function join(backend: BenchBackend, person: BenchPerson, roomId: string): Promise<Participant> {
  const connectionId = randomUUID()
  askedAtMs.join.set(connectionId, performance.now())
  const request = { connectionId, supportsSfu: true }
  const answer = joinedSchema.parse(
    await timed('join', backend, person, 'POST', `/rooms/${roomId}/join`, request),
  )
  const startedAtMs = performance.now()
  const socket = await openRealtimeSocket(
    {
      port: backend.port,
      apiKey: backend.publishableKey,
      token: person.token,
      topic: answer.channel,
      presenceKey: connectionId,
    },
    {
      handleBroadcast: (event, payload, arrivedAtMs) =>
        handleBroadcast(connectionId, event, payload, arrivedAtMs),
    },
  )
  timesMs.channel.push(performance.now() - startedAtMs)
  socket.track({ userId: person.userId, connectionId })
  return { person, roomId, connectionId, socket }
}

async function fillRoom(backend: BenchBackend, people: readonly BenchPerson[]): Promise<Participant[]> {
  const [creator] = people
  if (!creator) return []
  const { body } = await backend.call(creator, 'POST', '/rooms/create', { name: 'Bench', tags: ['bench'] })
  const { roomId } = createdSchema.parse(body)
  const participants: Participant[] = []
  // One after the other: whoever is in must be told of each one who comes.
  for (const person of people) participants.push(await join(backend, person, roomId))
  return participants
}

/** Repeats `act` until the time is up, from a random moment of the first interval on; resolves when all are answered. */
async function repeat(intervalMs: number, untilMs: number, act: () => Promise<unknown>): Promise<void> {
  let nextMs = performance.now() + Math.random() * intervalMs
  const running: Promise<unknown>[] = []
  while (nextMs < untilMs) {
    await new Promise((resolve) => setTimeout(resolve, nextMs - performance.now()))
    running.push(act())
    nextMs += intervalMs
  }
  await Promise.all(running)
}

async function study(backend: BenchBackend, participant: Participant, untilMs: number): Promise<void> {
  const { person, roomId, connectionId, socket } = participant
  let isMuted = false
  await Promise.all([
    repeat(HEARTBEAT_MS, untilMs, () => {
      socket.sendHeartbeat()
      const request = { p_room_id: roomId, p_connection_id: connectionId }
      return timed('heartbeat', backend, person, 'POST', 'rpc:heartbeat', request)
    }),
    repeat(MEDIA_CHANGE_MS, untilMs, () => {
      isMuted = !isMuted
      const mediaState = { isMuted, isVideoOff: true, isScreensharing: false }
      broadcastsSent += 1
      socket.broadcast('media_state', { connectionId, mediaState, sentAtMs: performance.now() })
      return timed('media', backend, person, 'PATCH', `/rooms/${roomId}/media`, mediaState)
    }),
  ])
}

async function leaveRoom(backend: BenchBackend, participants: readonly Participant[]): Promise<void> {
  for (const [index, { person, roomId, connectionId, socket }] of participants.entries()) {
    // Whoever leaves next must have been told of the one before: the news takes longer than the answer.
    const told = untilTold(connectionId, participants.length - index - 1)
    askedAtMs.leave.set(connectionId, performance.now())
    socket.close()
    await timed('leave', backend, person, 'POST', `/rooms/${roomId}/leave`, { connectionId })
    await told
  }
}

const awaitedNews = new Map<string, () => void>()

/** Resolves when so many have been told that somebody has left, or after ten seconds, since news may be lost. */
async function untilTold(connectionId: string, count: number): Promise<void> {
  if (count === 0) return
  let missing = count
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, NEWS_LOST_AFTER_MS)
    awaitedNews.set(connectionId, () => {
      missing -= 1
      if (missing > 0) return
      clearTimeout(timer)
      resolve()
    })
  })
}

/** Resolves when a list has as many entries as expected, or has not grown for two seconds. */
async function settle(list: readonly number[], expected: number): Promise<void> {
  let [length, since] = [list.length, performance.now()]
  while (list.length < expected && performance.now() - since < 2_000) {
    await new Promise((resolve) => setTimeout(resolve, 20))
    if (list.length !== length) [length, since] = [list.length, performance.now()]
  }
}

async function countsRight(backend: BenchBackend, expected: number): Promise<boolean> {
  const [row] = await backend.sql`
    select count(*)::int as rooms from public.rooms r
    where r.participant_count = ${expected} and r.participant_count =
      (select count(*) from public.room_participants p where p.room_id = r.id and p.is_active)`
  return row?.['rooms'] === roomCount
}

const timings = (kind: Kind): Figure[] =>
  [0.5, 0.95, 0.99].map((ratio) => ({
    what: `${kind}, p${ratio * 100}`,
    value: quantile(timesMs[kind], ratio),
    unit: 'ms',
    note: `of ${timesMs[kind].length}`,
  }))

const backend = await startBenchBackend()
try {
  // Eight do not fit into a mesh; no media flows here.
  await backend.sql`update private.config set has_sfu = true`
  const people = await backend.createPeople(roomCount * peoplePerRoom)
  const rooms = Array.from({ length: roomCount }, (_, room) =>
    people.slice(room * peoplePerRoom, (room + 1) * peoplePerRoom),
  )
  const fillingAtMs = performance.now()
  const participants = await Promise.all(rooms.map((room) => fillRoom(backend, room)))
  const filledInMs = performance.now() - fillingAtMs
  const toldPerRoom = (peoplePerRoom * (peoplePerRoom - 1)) / 2
  await settle(timesMs['told of join'], roomCount * toldPerRoom)
  const isFullRight = await countsRight(backend, peoplePerRoom)

  const before = await readProcessUsage([backend.pid])
  const startedAtMs = performance.now()
  const untilMs = startedAtMs + seconds * 1_000
  await Promise.all(participants.flat().map((participant) => study(backend, participant, untilMs)))
  const elapsedMs = performance.now() - startedAtMs
  const after = await readProcessUsage([backend.pid])
  const expectedBroadcasts = broadcastsSent * (peoplePerRoom - 1)
  await settle(timesMs.broadcast, expectedBroadcasts)
  const isStillRight = await countsRight(backend, peoplePerRoom)

  await Promise.all(participants.map((room) => leaveRoom(backend, room)))
  await settle(timesMs['told of leave'], roomCount * toldPerRoom)
  const isEmptyRight = await countsRight(backend, 0)
  const lost = (what: string, expected: number, kind: Kind): Figure => ({
    what: `lost: ${what}`,
    value: expected - timesMs[kind].length,
    unit: 'count',
    note: `of ${expected}`,
  })
  const right = [isFullRight, isStillRight, isEmptyRight].filter(Boolean).length
  printReport({
    name: `The embedded backend with ${roomCount} rooms of ${peoplePerRoom} people, for ${seconds} s`,
    method:
      `HTTP, Data API and websockets on loopback, clients and server on the same cores; beats every ${HEARTBEAT_MS / 1_000} s, ` +
      `changes of media state every ${MEDIA_CHANGE_MS / 1_000} s; broadcasts and news from send to arrival, by one clock`,
    figures: [
      { what: 'everybody in after', value: filledInMs / 1_000, unit: 's' },
      ...(['join', 'channel', 'heartbeat', 'media', 'leave', 'broadcast'] as const).flatMap(timings),
      ...(['told of join', 'told of leave'] as const).flatMap(timings),
      lost('broadcasts', expectedBroadcasts, 'broadcast'),
      lost('news of joining', roomCount * toldPerRoom, 'told of join'),
      lost('news of leaving', roomCount * toldPerRoom, 'told of leave'),
      { what: 'requests refused', value: refused, unit: 'count' },
      { what: 'stages with right counts in the database', value: right, unit: 'count', note: 'of 3' },
      {
        what: 'backend with PostgreSQL: processor while all study',
        value: ((after.other.cpuMs - before.other.cpuMs) / elapsedMs) * 100,
        unit: 'percent of a core',
      },
      { what: 'backend with PostgreSQL: memory', value: after.other.memoryMb, unit: 'MB' },
    ],
  })
} finally {
  await backend.stop()
}
