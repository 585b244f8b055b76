/** Whether a LiveKit server answers at its HTTP address and takes calls. Never rejects. */
export async function livekitAnswers(httpUrl: string, timeoutMs: number): Promise<boolean> {
  try {
    const response = await fetch(httpUrl, { signal: AbortSignal.timeout(timeoutMs) })
    const text = await response.text()
    return response.ok && text.trim() === 'OK'
  } catch {
    return false
  }
}
