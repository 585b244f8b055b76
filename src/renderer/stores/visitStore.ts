import { addVisit, type VisitedRooms } from '../core/visits/visitedRooms.ts'
import type { NotebookPort } from '../core/ports/desk.ts'

/** In which rooms this profile has been, on this computer. */
export interface VisitStore {
  visited(): VisitedRooms
  note(roomId: string): void
}

export function createVisitStore(notebook: NotebookPort): VisitStore {
  return {
    visited: () => notebook.read(),
    note(roomId) {
      const before = notebook.read()
      const after = addVisit(before, roomId)
      if (after !== before) notebook.write(after)
    },
  }
}
