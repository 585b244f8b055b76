import { useStore } from 'zustand'
import { useRoom } from '../../stores/services.ts'

/** Who is who in a recording. */
export interface RecordingPeople {
  readonly selfId: string
  /** Of somebody in the room; null once they have left. */
  readonly nameOf: (userId: string | null) => string | null
}

export function useRecordingPeople(): RecordingPeople {
  const { call } = useRoom()
  const snapshot = useStore(call.store)
  const people = snapshot.kind === 'live' ? [snapshot.self, ...snapshot.others] : []
  return {
    selfId: snapshot.kind === 'live' ? snapshot.self.userId : '',
    nameOf: (userId) => people.find((person) => person.userId === userId)?.displayName ?? null,
  }
}
