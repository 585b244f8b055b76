import type { KnownPeople } from '../../../shared/api/rooms.ts'
import type { RoomSummary } from '../../../shared/domain/room.ts'
import {
  emptyLobbyList,
  everything,
  type LobbyList,
  type LobbyListEvent,
  transitionLobbyList,
} from '../../core/lobby/lobbyList.ts'
import type { Clock } from '../../core/ports/clock.ts'
import type { RoomsPort, TagCount } from '../../core/ports/rooms.ts'

/** Some names of those whom the person knows in a room, and how many they are in all. */
export type KnownInRoom = Pick<KnownPeople['rooms'][number], 'names' | 'count'>
export type KnownByRoom = ReadonlyMap<string, KnownInRoom>

/** What stands around the list of rooms. */
export interface LobbyAsideSnapshot {
  /** The rooms that the person was in lately and that are still open. They hold still when the list does. */
  readonly recent: LobbyList
  /** Whom the person knows where, by the room's id. It holds still as well: a name may make a row higher. */
  readonly known: KnownByRoom
  /** Tags of all public rooms, as far as the service has counted them. */
  readonly tags: readonly TagCount[]
}

/** Reads what stands around the list while the lobby is in sight. What cannot be read stays as it was. */
interface LobbyAside {
  /** The answer ends it. */
  open(): () => void
  /** What the feed tells. */
  handleNews(event: LobbyListEvent): void
  hold(isHeld: boolean): void
  /** Reads it anew at once, where the lobby is in sight. */
  refresh(): void
}

export const emptyAside: LobbyAsideSnapshot = { recent: emptyLobbyList, known: new Map(), tags: [] }

/** Tags are counted anew every 10 s by the service. */
const INTERVAL_MS = 30_000

/** `publish` gets what has changed. */
export function createLobbyAside(deps: {
  readonly rooms: Pick<RoomsPort, 'commonTags' | 'recent' | 'knownPeople'>
  readonly clock: Clock
  readonly publish: (change: Partial<LobbyAsideSnapshot>) => void
}): LobbyAside {
  let recent = emptyLobbyList
  /** Came while the person pointed at the rooms; kept true by the feed as they are. */
  let later: LobbyList | null = null
  let laterKnown: KnownPeople | null = null
  let turn = 0
  let isOpen = false
  let cancel: () => void = () => undefined

  const apply = (event: LobbyListEvent) => {
    recent = transitionLobbyList(recent, event)
    deps.publish({ recent })
  }

  const showRecent = (rooms: readonly RoomSummary[]) => {
    const read = { kind: 'pageRead', page: 'first', rooms, order: 'lively', hasMore: false } as const
    later = recent.isHeld ? transitionLobbyList(emptyLobbyList, read) : null
    if (later === null) apply(read)
  }

  const showKnown = (known: KnownPeople) => {
    laterKnown = recent.isHeld ? known : null
    if (laterKnown !== null) return
    deps.publish({
      known: new Map(known.rooms.map(({ roomId, names, count }) => [roomId, { names, count }])),
    })
  }

  const read = async (own: number): Promise<void> => {
    const [tags, rooms, known] = await Promise.all([
      deps.rooms.commonTags(),
      deps.rooms.recent(),
      deps.rooms.knownPeople(),
    ])
    if (own !== turn) return
    if (tags.ok) deps.publish({ tags: tags.value })
    if (rooms.ok) showRecent(rooms.value)
    if (known.ok) showKnown(known.value)
    cancel = deps.clock.schedule(INTERVAL_MS, () => void read(own))
  }

  const readNow = () => {
    cancel()
    void read(++turn)
  }

  return {
    open() {
      isOpen = true
      readNow()
      return () => {
        isOpen = false
        turn += 1
        cancel()
      }
    },
    refresh() {
      if (isOpen) readNow()
    },
    handleNews(event) {
      if (later !== null) later = followNews(later, event)
      const next = followNews(recent, event)
      if (next === recent) return
      recent = next
      deps.publish({ recent })
    },
    hold(isHeld) {
      apply({ kind: 'held', isHeld })
      if (later !== null) showRecent(later.rooms)
      if (laterKnown !== null) showKnown(laterKnown)
    },
  }
}

/** Only those that are there: which rooms are recent is the service's to say, and whatever is looked for, they are. */
function followNews(list: LobbyList, event: LobbyListEvent): LobbyList {
  const isKnown = (roomId: string) => list.rooms.some(({ id }) => id === roomId)
  if (event.kind === 'roomRemoved' && isKnown(event.roomId)) return transitionLobbyList(list, event)
  if (event.kind === 'roomChanged' && isKnown(event.room.id)) {
    return transitionLobbyList(list, { ...event, query: everything })
  }
  return list
}
