/**
 * Leaves a room while the page goes away. `keepalive` lets the request outlive the page; nobody is there to read an answer,
 * and whoever could not be told is dropped by the scheduler.
 */
export function sendLeaveOnExit(
  api: {
    readonly url: string
    readonly publishableKey: string
    readonly token: string
    readonly fetch: typeof fetch
  },
  stay: { readonly roomId: string; readonly connectionId: string },
): void {
  api
    .fetch(`${api.url}/functions/v1/api/rooms/${encodeURIComponent(stay.roomId)}/leave`, {
      method: 'POST',
      keepalive: true,
      headers: {
        apikey: api.publishableKey,
        authorization: `Bearer ${api.token}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ connectionId: stay.connectionId }),
    })
    .catch(() => undefined)
}
