import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { useRoom, useSession } from '../../stores/services.ts'

/**
 * What one means to do, as the field before joining shows it. It is told once the call is live, also when somebody inside
 * had to open the door first: a goal opens a study session, and whoever turns back is not to be asked how it went.
 */
export function useGoalBeforeJoining(): { readonly goal: string; readonly setGoal: (goal: string) => void } {
  const { study } = useSession()
  const { call } = useRoom()
  const { session, unsavedGoal } = useStore(study.store)
  const [written, setWritten] = useState<string | null>(null)
  const goal = written ?? unsavedGoal?.goal ?? session?.goal ?? ''

  // Whoever comes back within the half hour goes on with what they meant to do.
  useEffect(() => {
    void study.readSession()
  }, [study])

  useEffect(
    () =>
      call.store.subscribe((now, before) => {
        if (now.kind !== 'live' || before.kind === 'live') return
        const known = study.store.getState().session
        if (goal.trim() !== (known?.goal ?? '')) void study.setGoal(goal.trim(), known?.sharesGoal ?? false)
      }),
    [call, goal, study],
  )

  return { goal, setGoal: setWritten }
}
