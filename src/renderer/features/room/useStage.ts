import { useEffect, useMemo, useState } from 'react'
import { useStore } from 'zustand'
import type { PersonSnapshot } from '../../core/call/callSnapshot.ts'
import { selectStage, type Stage } from '../../core/layout/selectStage.ts'
import { useRoom } from '../../stores/services.ts'
import { useIsQuiet } from './useIsQuiet.ts'

/**
 * What has the large place of the speaker view, and who was put there by hand. Voices are measured while that view is open, and in the grid
 * outside of focus phases, for the mark on the tile of who speaks.
 */
export function useStage(
  view: 'grid' | 'speaker' | 'focus',
  others: readonly PersonSnapshot[],
): {
  readonly stage: Stage
  readonly pinned: string | null
  readonly pin: (connectionId: string | null) => void
} {
  const { speaker } = useRoom()
  const [pinned, pin] = useState<string | null>(null)
  const [viewBefore, setViewBefore] = useState(view)
  if (view !== viewBefore) {
    setViewBefore(view)
    // Who comes back to the speaker view later sees who speaks then.
    if (view !== 'speaker') pin(null)
  }
  // In the grid nobody's place depends on it.
  const speaking = useStore(speaker.store, ({ connectionId }) => (view === 'speaker' ? connectionId : null))
  const isQuiet = useIsQuiet()
  const follows = view === 'speaker' || (view === 'grid' && !isQuiet)
  useEffect(() => (follows ? speaker.follow() : undefined), [follows, speaker])
  const stage = useMemo(() => {
    const people = others.map(({ connectionId, mediaState }) => ({
      connectionId,
      isScreensharing: mediaState.isScreensharing,
    }))
    return selectStage(people, { pinned, speaker: speaking })
  }, [others, pinned, speaking])
  return { stage, pinned, pin }
}
