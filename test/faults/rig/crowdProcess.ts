// `node crowdProcess.ts URL KEY COUNT`: light clients with the app's own Supabase adapters, in one process, to see what happens to many at
// a time. Prints a line of JSON when all have joined, then one for each answer to a command: `states` or `write SECONDS`.
import process from 'node:process'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { createRoomChannelPort } from '../../../src/renderer/adapters/supabase/createRoomChannelPort.ts'
import { createRoomsPort } from '../../../src/renderer/adapters/supabase/createRoomsPort.ts'
import { createSupabaseClient } from '../../../src/renderer/adapters/supabase/createSupabaseClient.ts'
import type { SessionStorage } from '../../../src/renderer/core/ports/desktop.ts'
import type { ChannelStatus } from '../../../src/renderer/core/ports/roomChannel.ts'

const [url = '', publishableKey = '', countText = ''] = process.argv.slice(2)
const PEOPLE_IN_A_ROOM = 4

interface CrowdClient {
  readonly userId: string
  status: ChannelStatus
  joinedAtMs: number
  /** Counts up the person's name in the database. @returns whether it was acknowledged */
  write(value: number): Promise<boolean>
}

function createStorage(): SessionStorage {
  const kept = new Map<string, string>()
  return {
    load: (key) => Promise.resolve(kept.get(key) ?? null),
    save: (key, value) => Promise.resolve(void kept.set(key, value)),
    clear: (key) => Promise.resolve(void kept.delete(key)),
  }
}

async function join(index: number, rooms: string[]): Promise<CrowdClient> {
  const client = createSupabaseClient({ url, publishableKey, storageKey: 'session' }, createStorage())
  const { data, error } = await client.auth.signUp({
    email: `crowd-${index}@example.org`,
    password: 'a good long password',
    options: { data: { display_name: '0' } },
  })
  if (data.user === null) throw new Error(`no account: ${error?.message ?? ''}`)
  const userId = data.user.id
  const api = createRoomsPort({
    url,
    publishableKey,
    fetch,
    accessToken: async () => (await client.auth.getSession()).data.session?.access_token ?? null,
  })
  const connectionId = crypto.randomUUID()
  const roomIndex = Math.floor(index / PEOPLE_IN_A_ROOM)
  if (rooms[roomIndex] === undefined) {
    const created = await api.create(
      {
        name: `Crowd ${roomIndex}`,
        privacy: 'public',
        tags: [],
        maxParticipants: PEOPLE_IN_A_ROOM,
      },
      crypto.randomUUID(),
    )
    if (!created.ok) throw new Error(`no room: ${created.error.kind}`)
    rooms[roomIndex] = created.value.roomId
  }
  const joined = await api.join(rooms[roomIndex] ?? '', { connectionId })
  if (!joined.ok) throw new Error(`not joined: ${joined.error.kind}`)
  const made: CrowdClient = {
    userId,
    status: 'connecting',
    joinedAtMs: 0,
    async write(value) {
      const answer = await client
        .from('profiles')
        .update({ display_name: String(value) })
        .eq('id', userId)
      return answer.error === null
    },
  }
  const nothing = (): void => undefined
  createRoomChannelPort(client, { reconnect: nothing, check: nothing, dispose: nothing }).open(
    joined.value.channel,
    { userId, connectionId },
    {
      handleStatus(status) {
        made.status = status
        if (status === 'joined') made.joinedAtMs = Date.now()
      },
      handleSignal: nothing,
      handleMediaState: nothing,
      handleMediaPath: nothing,
      handleVideoWishes: nothing,
      handleParticipantJoined: nothing,
      handleParticipantLeft: nothing,
      handleRoomClosed: nothing,
      handleRoomChanged: nothing,
      handleChannelMoved: nothing,
      handleTopologyChanged: nothing,
      handleMutedByCreator: nothing,
      handlePresence: nothing,
    },
  )
  return made
}

function print(value: object): void {
  process.stdout.write(`${JSON.stringify(value)}\n`)
}

/** Everybody writes as fast as they are answered; what was acknowledged last is told at the end. */
async function write(clients: readonly CrowdClient[], seconds: number): Promise<void> {
  const untilMs = Date.now() + seconds * 1_000
  const written = await Promise.all(
    clients.map(async (client) => {
      let acknowledged = 0
      for (let value = 1; Date.now() < untilMs; value += 1) {
        if (await client.write(value)) acknowledged = value
        else await sleep(50)
      }
      return { userId: client.userId, acknowledged }
    }),
  )
  print({ written })
}

const rooms: string[] = []
const clients: CrowdClient[] = []
for (let index = 0; index < Number(countText); index += 1) clients.push(await join(index, rooms))
while (clients.some((client) => client.status !== 'joined')) await sleep(50)
print({ joined: clients.length })
createInterface({ input: process.stdin })
  .on('line', (line) => {
    const [command, amount] = line.split(' ')
    if (command === 'write') void write(clients.slice(0, 8), Number(amount))
    else print({ states: clients.map(({ status, joinedAtMs }) => ({ status, joinedAtMs })) })
  })
  .on('close', () => process.exit(0))
