type Fetch = typeof fetch

/**
 * supabase-js refreshes a token when its `expires_at`, which is the server's time, is near by this computer's clock. Where that is slow by
 * minutes the token has long expired by then, and everything is refused in between. Without that field it counts `expires_in` from when the
 * answer came, which no wrong clock disturbs.
 *
 * @param url of the Supabase project; what is fetched from elsewhere, and beside its sessions, passes as it is
 */
export function timeByOwnClock(url: string, send: Fetch): Fetch {
  const sessions = new URL('/auth/v1/', url).href
  return async (input, init) => {
    const response = await send(input, init)
    const address = input instanceof Request ? input.url : String(input)
    if (!response.ok || !address.startsWith(sessions)) return response
    const text = await response.text()
    // These have no body, and may not be given one.
    const isEmpty = response.status === 204 || response.status === 205
    return new Response(isEmpty ? null : withoutServerTime(text), {
      status: response.status,
      statusText: response.statusText,
      headers: response.headers,
    })
  }
}

function withoutServerTime(text: string): string {
  try {
    const body: unknown = JSON.parse(text)
    if (typeof body !== 'object' || body === null || !('expires_in' in body)) return text
    return JSON.stringify({ ...body, expires_at: undefined })
  } catch {
    return text
  }
}
