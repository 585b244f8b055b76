import { describe, expect, test } from 'vitest'
import { createRecurringRoom } from '../../../../test/support/recurringRooms.ts'
import { createRecurringRoomsPort } from './createRecurringRoomsPort.ts'

const thesis = createRecurringRoom('Thesis hour')

function openPort(status: number, body: unknown) {
  const requests: { readonly url: string; readonly body: unknown }[] = []
  const port = createRecurringRoomsPort({
    url: 'http://backend.test',
    publishableKey: 'publishable',
    accessToken: () => Promise.resolve('token'),
    fetch: (url, init) => {
      requests.push({
        url: url instanceof Request ? url.url : url.toString(),
        body: JSON.parse(typeof init?.body === 'string' ? init.body : 'null'),
      })
      return Promise.resolve(new Response(body === undefined ? null : JSON.stringify(body), { status }))
    },
  })
  return { port, requests }
}

describe('recurring rooms', () => {
  test('are made by the function of the Data API', async () => {
    const { port, requests } = openPort(200, { recurringRoomId: thesis.id })
    const answer = await port.create({
      name: 'Thesis hour',
      rrule: 'FREQ=WEEKLY;BYDAY=TU',
      startsAt: '2026-11-24T18:00',
      timeZone: 'Europe/Berlin',
      durationMinutes: 60,
      privacy: 'private',
      tags: ['writing'],
    })
    expect(answer).toEqual({ ok: true, value: { recurringRoomId: thesis.id } })
    expect(requests).toEqual([
      {
        url: 'http://backend.test/rest/v1/rpc/create_recurring_room',
        body: {
          p_name: 'Thesis hour',
          p_rrule: 'FREQ=WEEKLY;BYDAY=TU',
          p_starts_at: '2026-11-24T18:00',
          p_time_zone: 'Europe/Berlin',
          p_duration_minutes: 60,
          p_privacy: 'private',
          p_tags: ['writing'],
        },
      },
    ])
  })

  test('are changed, with settings by the names under which they are kept', async () => {
    const { port, requests } = openPort(200, {})
    await port.update(thesis.id, { name: 'Thesis', settings: { ...thesis.settings, allowRecording: false } })
    await port.update(thesis.id, { name: 'Thesis' })
    expect(requests.map(({ body }) => body)).toEqual([
      {
        p_recurring_room_id: thesis.id,
        p_changes: {
          name: 'Thesis',
          settings: {
            allow_chat: true,
            allow_video: true,
            allow_screenshare: true,
            allow_timer_control: true,
            allow_recording: false,
          },
        },
      },
      { p_recurring_room_id: thesis.id, p_changes: { name: 'Thesis' } },
    ])
  })

  test('are listed, each checked', async () => {
    expect(await openPort(200, [thesis]).port.list()).toEqual({ ok: true, value: [thesis] })
    expect(await openPort(200, [{ ...thesis, participantCount: -1 }]).port.list()).toMatchObject({
      ok: false,
      error: { kind: 'internal' },
    })
  })

  test('members are listed, and removed by who they are', async () => {
    const mia = {
      userId: '00000000-0000-4000-8000-000000000201',
      displayName: 'Mia',
      isOwner: false,
      joinedAt: '2026-11-24T17:00:00.000Z',
    }
    expect(await openPort(200, [mia]).port.members(thesis.id)).toEqual({ ok: true, value: [mia] })
    const { port, requests } = openPort(204, undefined)
    await port.removeMember(thesis.id, mia.userId)
    await port.revokeInvites(thesis.id)
    expect(requests).toEqual([
      {
        url: 'http://backend.test/rest/v1/rpc/remove_recurring_member',
        body: { p_recurring_room_id: thesis.id, p_user_id: mia.userId },
      },
      {
        url: 'http://backend.test/rest/v1/rpc/revoke_recurring_invites',
        body: { p_recurring_room_id: thesis.id },
      },
    ])
  })

  test.each([
    ['a refusal in the answer', 200, { refusal: 'not_found' }, 'not_found', null],
    ['with a time to wait', 200, { refusal: 'rate_limited', retryAfterSeconds: 42 }, 'rate_limited', 42_000],
    ['one that was raised', 403, { code: 'PT403', message: 'not_creator' }, 'not_creator', null],
    ['one in other words', 500, { code: 'SUP', message: 'exploded' }, 'internal', null],
  ])('%s', async (_what, status, body, kind, retryAfterMs) => {
    const answer = await openPort(status, body).port.accept('Zm9vYmFyYmF6cXV4LV9hYg')
    expect(answer).toMatchObject({ ok: false, error: { kind, retryAfterMs } })
  })

  test('an answer without content is fine where nothing is expected', async () => {
    expect(await openPort(204, undefined).port.leave(thesis.id)).toEqual({ ok: true, value: undefined })
  })
})
