type Answer<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: { message: string } }

/** Subscribes first and asks second, so that nothing is missed; an event that overtakes the answer wins. */
export function watchDesktop<T>(
  subscribe: (listener: (value: T) => void) => () => void,
  ask: () => Promise<Answer<T>>,
  listener: (value: T) => void,
  onFailure: (message: string) => T | Promise<T>,
): () => void {
  let isOver = false
  let hasNews = false
  const end = subscribe((value) => {
    hasNews = true
    if (!isOver) listener(value)
  })
  const begin = async () => {
    const answer = await ask()
    const value = answer.ok ? answer.value : await onFailure(answer.error.message)
    if (!isOver && !hasNews) listener(value)
  }
  void begin()
  return () => {
    isOver = true
    end()
  }
}
