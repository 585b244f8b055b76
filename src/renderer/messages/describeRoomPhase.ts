import type { TFunction } from 'i18next'
import type { RoomPhaseView } from '../core/lobby/roomPhase.ts'

/** What a room's timer asks for, and for how much longer: "Focus, 14 min left". */
export function describeRoomPhase(t: TFunction, view: RoomPhaseView): string {
  switch (view.kind) {
    case 'running':
      return t(`lobby.phase.${view.phase}`, { count: view.minutesLeft })
    case 'paused':
      return t(`lobby.phase.${view.phase}Paused`)
    case 'over':
      return t(`lobby.phase.${view.phase}Over`)
  }
}
