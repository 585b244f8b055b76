// `node crowdProcess.ts URL KEY COUNT`: light clients with the app's own Supabase adapters, in one process, to see what happens to many at
// a time. Prints a line of JSON when all have joined, then one for each answer to a command: `states` or `write SECONDS`.
import process from 'node:process'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ChannelStatus } from '../../../src/renderer/core/ports/roomChannel.ts'
import { createLightPerson } from '../../support/lightPerson.ts'

const [url = '', publishableKey = '', countText = ''] = process.argv.slice(2)
const PEOPLE_IN_A_ROOM = 4

interface CrowdClient {
  readonly userId: string
  status: ChannelStatus
  joinedAtMs: number
  /** Counts up the person's name in the database. @returns whether it was acknowledged */
  write(value: number): Promise<boolean>
}

async function join(index: number, rooms: string[]): Promise<CrowdClient> {
  const person = await createLightPerson({ url, publishableKey }, `crowd-${index}`)
  const { client, userId, connectionId } = person
  const roomIndex = Math.floor(index / PEOPLE_IN_A_ROOM)
  if (rooms[roomIndex] === undefined) {
    const created = await person.rooms.create(
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
  const joined = await person.rooms.join(rooms[roomIndex] ?? '', { connectionId })
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
  person.openChannel(joined.value.channel, {
    handleStatus(status) {
      made.status = status
      if (status === 'joined') made.joinedAtMs = Date.now()
    },
  })
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
