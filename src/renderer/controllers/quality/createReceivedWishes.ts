import type { VideoWishesMessage } from '../../../shared/realtime/roomEvents.ts'
import type { PersonSnapshot } from '../../core/call/callSnapshot.ts'
import type { OutgoingLink } from '../../core/quality/qualityInput.ts'

type ReceivedWish = Pick<OutgoingLink, 'wish' | 'isScreenSeen'>

/** What others want of our picture and our screen, by what they say over the room's channel. */
export interface ReceivedWishes {
  /** Whoever has said nothing is taken to see everything. */
  of(connectionId: string): ReceivedWish
  take(from: string, wish: VideoWishesMessage['wishes'][number]): void
  /** Only those who are here, and reached directly, are remembered. */
  keep(others: readonly Pick<PersonSnapshot, 'connectionId' | 'path'>[]): void
}

const nothingSaid: ReceivedWish = { wish: { kind: 'unknown' }, isScreenSeen: true }

export function createReceivedWishes(): ReceivedWishes {
  const received = new Map<string, ReceivedWish>()
  return {
    of: (connectionId) => received.get(connectionId) ?? nothingSaid,
    take(from, { picture, isScreenSeen }) {
      received.set(from, {
        wish: picture === null ? { kind: 'hidden' } : { kind: 'shown', ...picture },
        // Older apps do not say it.
        isScreenSeen: isScreenSeen ?? true,
      })
    },
    keep(others) {
      // On the media server nobody says it anew, and on the way back to a direct connection they wait for our picture.
      const direct = new Set(
        others.filter(({ path }) => path === 'mesh').map((person) => person.connectionId),
      )
      for (const connectionId of received.keys()) {
        if (!direct.has(connectionId)) received.delete(connectionId)
      }
    },
  }
}
