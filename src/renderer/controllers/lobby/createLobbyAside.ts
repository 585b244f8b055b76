import type { RoomSummary } from '../../../shared/domain/room.ts'
import {
  emptyLobbyList,
  type LobbyList,
  type LobbyListEvent,
  transitionLobbyList,
} from '../../core/lobby/lobbyList.ts'
import type { Clock } from '../../core/ports/clock.ts'
import type { RoomsPort, TagCount } from '../../core/ports/rooms.ts'

/** What stands around the list of rooms. */
export interface LobbyAsideSnapshot {
  /** The rooms that the person was in lately and that are still open. They hold still when the list does. */
  readonly recent: LobbyList
  /** Tags of all public rooms, as far as the service has counted them. */
  readonly tags: readonly TagCount[]
}

/** Reads what stands around the list while the lobby is in sight. What cannot be read stays as it was. */
export interface LobbyAside {
  /** The answer ends it. */
  open(): () => void
  /** What the feed tells. */
  handleNews(event: LobbyListEvent): void
  hold(isHeld: boolean): void
}

export const emptyAside: LobbyAsideSnapshot = { recent: emptyLobbyList, tags: [] }

/** Tags are counted anew every 10 s by the service. */
const INTERVAL_MS = 30_000

/** `publish` gets what has changed. */
export function createLobbyAside(deps: {
  readonly rooms: Pick<RoomsPort, 'commonTags' | 'recent'>
  readonly clock: Clock
  readonly publish: (change: Partial<LobbyAsideSnapshot>) => void
}): LobbyAside {
  let recent = emptyLobbyList
  /** Came while the person pointed at the rooms. */
  let later: readonly RoomSummary[] | null = null
  let turn = 0
  let cancel: () => void = () => undefined

  const apply = (event: LobbyListEvent) => {
    recent = transitionLobbyList(recent, event)
    deps.publish({ recent })
  }

  const showRecent = (rooms: readonly RoomSummary[]) => {
    later = recent.isHeld ? rooms : null
    if (later === null) apply({ kind: 'pageRead', page: 'first', rooms, order: 'lively', hasMore: false })
  }

  const read = async (own: number): Promise<void> => {
    const [tags, rooms] = await Promise.all([deps.rooms.commonTags(), deps.rooms.recent()])
    if (own !== turn) return
    if (tags.ok) deps.publish({ tags: tags.value })
    if (rooms.ok) showRecent(rooms.value)
    cancel = deps.clock.schedule(INTERVAL_MS, () => void read(own))
  }

  return {
    open() {
      const own = ++turn
      void read(own)
      return () => {
        turn += 1
        cancel()
      }
    },
    handleNews(event) {
      // Only those that are there: which ones are recent is the service's to say, and whatever is looked for, they are.
      const isKnown = (roomId: string) => recent.rooms.some(({ id }) => id === roomId)
      if (event.kind === 'roomRemoved' && isKnown(event.roomId)) apply(event)
      if (event.kind === 'roomChanged' && isKnown(event.room.id)) {
        apply({ ...event, query: { text: '', tag: null, privacy: null, hasRoom: false, order: 'lively' } })
      }
    },
    hold(isHeld) {
      apply({ kind: 'held', isHeld })
      if (later !== null) showRecent(later)
    },
  }
}
