import { useStore } from 'zustand'
import { selectStudyPhase } from '../../core/timer/planPhase.ts'
import { useRoom } from '../../stores/services.ts'

/** Whether a focus phase runs, in which nothing asks for attention that can wait. */
export function useIsQuiet(): boolean {
  const { timer } = useRoom()
  return useStore(timer.store, ({ view }) => selectStudyPhase(view) === 'focus')
}
