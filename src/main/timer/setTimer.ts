/** Calls back once, unless the answer is called before. What the main process's parts are given as their `setTimer`. */
export function setTimer(callback: () => void, delayMs: number): () => void {
  const timer = setTimeout(callback, delayMs)
  return () => clearTimeout(timer)
}
