import { randomUUID } from 'node:crypto'
import { mediaTokenResponseSchema, type MediaToken } from '../../../src/shared/api/media.ts'
import { createRoomResponseSchema } from '../../../src/shared/api/rooms.ts'
import { signUp, type Person } from './person.ts'
import { connectSfuClient, type SfuClient } from './sfuClient.ts'

/** Somebody in a room on the media server. */
export interface Guest {
  readonly person: Person
  readonly connectionId: string
  readonly media: MediaToken
  readonly client: SfuClient
}

/** Asks for a token; null with the status where it is refused. */
export async function askForMedia(
  person: Person,
  roomId: string,
  connectionId: string,
): Promise<{ readonly status: number; readonly media: MediaToken | null }> {
  const { status, body } = await person.call('POST', `/rooms/${roomId}/media-token`, { connectionId })
  return { status, media: status === 200 ? mediaTokenResponseSchema.parse(body) : null }
}

async function enter(person: Person, roomId: string, connectionId: string): Promise<Guest> {
  const { media, status } = await askForMedia(person, roomId, connectionId)
  if (media === null) throw new Error(`no token: ${status}`)
  const client = await connectSfuClient(media)
  await client.openMicrophone()
  return { person, connectionId, media, client }
}

/**
 * A room of Ada's with Ben and Cyd in it, all connected to the media server and talking. Needs a mesh that carries two.
 * `functionsUrl` is where the function runs, when that is not the backend.
 */
export async function openSfuRoom(
  backend: { readonly url: string; readonly publishableKey: string },
  settings: object = {},
  functionsUrl?: string,
): Promise<{ readonly roomId: string; readonly ada: Guest; readonly ben: Guest; readonly cyd: Guest }> {
  const [ada, ben, cyd] = await Promise.all([
    signUp(backend, 'Ada', functionsUrl),
    signUp(backend, 'Ben', functionsUrl),
    signUp(backend, 'Cyd', functionsUrl),
  ])
  const created = await ada.call('POST', '/rooms/create', { name: 'Three', settings })
  const { roomId } = createRoomResponseSchema.parse(created.body)
  const connections = new Map<Person, string>()
  for (const person of [ada, ben, cyd]) {
    const connectionId = randomUUID()
    connections.set(person, connectionId)
    const { status } = await person.call('POST', `/rooms/${roomId}/join`, { connectionId, supportsSfu: true })
    if (status !== 200) throw new Error(`${person.name} could not join: ${status}`)
  }
  const come = (person: Person): Promise<Guest> => enter(person, roomId, connections.get(person) ?? '')
  const [first, second, third] = await Promise.all([come(ada), come(ben), come(cyd)])
  return { roomId, ada: first, ben: second, cyd: third }
}
