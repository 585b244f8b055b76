import { useCallback, useEffect, useRef, useState } from 'react'
import type { Result } from '../../shared/result.ts'
import type { RoomsFailure } from '../core/ports/rooms.ts'

/** Something that is asked for when it is looked at. */
export type Reading<T> =
  | { readonly kind: 'reading' }
  | { readonly kind: 'ready'; readonly value: T }
  | { readonly kind: 'failed'; readonly failure: RoomsFailure }

/** Reads once it is shown, anew when `read` is another function, and again when it is told to; of several answers the last one asked for counts. */
export function useReading<T>(read: () => Promise<Result<T, RoomsFailure>>): {
  readonly reading: Reading<T>
  readonly readAgain: () => Promise<void>
} {
  const [reading, setReading] = useState<Reading<T>>({ kind: 'reading' })
  const turn = useRef(0)
  const readAgain = useCallback(async () => {
    const mine = ++turn.current
    const answer = await read()
    if (mine !== turn.current) return
    setReading(answer.ok ? { kind: 'ready', value: answer.value } : { kind: 'failed', failure: answer.error })
  }, [read])
  useEffect(() => {
    void readAgain()
    return () => {
      turn.current += 1
    }
  }, [readAgain])
  return { reading, readAgain }
}
