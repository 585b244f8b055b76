import { useState } from 'react'

export interface AskedInPlace<Q> {
  /** Null: nothing is asked, and the body is shown. */
  readonly question: Q | null
  /** What has become of the last one, to be said. */
  readonly done: string | null
  /** The `data-asks` of the button that asked last; null before. */
  readonly asker: string | null
  readonly ask: (question: Q, asker: string) => void
  readonly cancel: () => void
  readonly finish: (words: string) => void
}

/** A question in a dialog's own place: what `AskingBody` shows is away while it is asked. */
export function useInPlaceQuestion<Q>(): AskedInPlace<Q> {
  const [question, setQuestion] = useState<Q | null>(null)
  const [done, setDone] = useState<string | null>(null)
  const [asker, setAsker] = useState<string | null>(null)
  return {
    question,
    done,
    asker,
    ask(next, by) {
      setAsker(by)
      setDone(null)
      setQuestion(() => next)
    },
    cancel: () => setQuestion(null),
    finish(words) {
      setQuestion(null)
      setDone(words)
    },
  }
}
