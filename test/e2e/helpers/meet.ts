import { expectPicture } from './media.ts'
import type { OpenOptions, Studyhall } from './launchStudyhall.ts'
import type { Person } from './person.ts'

/**
 * Two people who see each other in a room that is new and open to everybody. It is the first one's, and so is the backend: the second may
 * be killed, and nobody has to take it over.
 */
export async function meet(
  studyhall: Studyhall,
  roomName: string,
  names: readonly [string, string],
  options?: OpenOptions,
): Promise<readonly [Person, Person]> {
  const first = await studyhall.open(names[0], options)
  await first.introduce()
  const second = await studyhall.open(names[1], options)
  await second.introduce()
  await first.createRoom({ name: roomName })
  await first.joinNow(roomName)
  await second.openRoom(roomName)
  await second.joinNow(roomName)
  await Promise.all([expectPicture(first.tileOf(second.name)), expectPicture(second.tileOf(first.name))])
  return [first, second]
}
