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
  // What nobody has told yet; the session's own is told already.
  const wish = written ?? unsavedGoal?.goal ?? null

  // Whoever comes back within the half hour goes on with what they meant to do.
  useEffect(() => {
    void study.readSession()
  }, [study])

  useEffect(
    () =>
      call.store.subscribe((now, before) => {
        if (now.kind !== 'live' || before.kind === 'live' || wish === null) return
        // For oneself, as the field says: one that was shared before says nothing of this one.
        if (wish.trim() !== (study.store.getState().session?.goal ?? ''))
          void study.setGoal(wish.trim(), false)
      }),
    [call, study, wish],
  )

  return { goal: wish ?? session?.goal ?? '', setGoal: setWritten }
}
