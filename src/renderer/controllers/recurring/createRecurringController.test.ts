import { describe, expect, test } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { createFakeClock } from '../../../../test/support/fakes/fakeClock.ts'
import { createFakeRecurringRooms } from '../../../../test/support/fakes/fakeRecurringRooms.ts'
import { createRecurringRoom } from '../../../../test/support/recurringRooms.ts'
import { createRecurringController } from './createRecurringController.ts'

const thesis = createRecurringRoom('Thesis hour')

function open(kind = 'signedIn') {
  const clock = createFakeClock()
  const port = createFakeRecurringRooms([thesis])
  const account = createStore<{ kind: string }>(() => ({ kind }))
  const controller = createRecurringController({
    port,
    clock,
    account,
    toInvitation: (link) => link.replace('studyhall://', 'https://example.org/#'),
  })
  const lists = () => port.calls.filter((call) => call === 'list').length
  return { clock, port, account, controller, lists, state: () => controller.store.getState() }
}

describe('recurring rooms', () => {
  test('are read at once and every 20 s', async () => {
    const scene = open()
    await scene.clock.advanceAsync(0)
    expect(scene.state()).toEqual({ rooms: [thesis], reading: { kind: 'ready' } })
    await scene.clock.advanceAsync(60_000)
    expect(scene.lists()).toBe(4)
  })

  test('nobody signed in: nothing is asked, and what was known is forgotten', async () => {
    const scene = open('signedOut')
    await scene.clock.advanceAsync(60_000)
    expect(scene.lists()).toBe(0)
    scene.account.setState({ kind: 'signedIn' })
    await scene.clock.advanceAsync(0)
    expect(scene.state().rooms).toEqual([thesis])
    scene.account.setState({ kind: 'signedOut' })
    expect(scene.state().rooms).toEqual([])
    expect(scene.clock.pendingCount()).toBe(0)
  })

  test('an outage keeps what was read, and is asked through with growing pauses', async () => {
    const scene = open()
    await scene.clock.advanceAsync(0)
    scene.port.failure = { kind: 'unreachable', message: '', retryAfterMs: null }
    await scene.clock.advanceAsync(20_000)
    expect(scene.state()).toMatchObject({ rooms: [thesis], reading: { kind: 'failed' } })
    await scene.clock.advanceAsync(7_000)
    expect(scene.lists()).toBe(4)
    scene.port.failure = null
    await scene.clock.advanceAsync(10_000)
    expect(scene.state().reading.kind).toBe('ready')
  })

  test('what one makes is in the list when the answer is there', async () => {
    const scene = open()
    await scene.clock.advanceAsync(0)
    const law = createRecurringRoom('Law')
    scene.port.rooms = [thesis, law]
    await scene.controller.accept('Zm9vYmFyYmF6cXV4LV9hYg')
    expect(scene.state().rooms).toEqual([thesis, law])
  })

  test('an answer that comes after signing out is not shown', async () => {
    const scene = open()
    scene.account.setState({ kind: 'signedOut' })
    await scene.clock.advanceAsync(0)
    expect(scene.state().rooms).toEqual([])
  })

  test('an invite is a link, in the form that others can open', async () => {
    const scene = open()
    expect(await scene.controller.invite(thesis.id)).toEqual({
      ok: true,
      value: { link: 'https://example.org/#join/Zm9vYmFyYmF6cXV4LV9hYg' },
    })
  })

  test('who is removed cannot come back by a link in between', async () => {
    const scene = open()
    await scene.clock.advanceAsync(0)
    scene.port.calls.length = 0
    await scene.controller.removeMember(thesis.id, 'mia', { revokesInvites: true })
    expect(scene.port.calls).toEqual([`revoke ${thesis.id}`, `remove mia from ${thesis.id}`, 'list'])
  })

  test('nobody is removed while links that were to end still work', async () => {
    const scene = open()
    await scene.clock.advanceAsync(0)
    scene.port.failure = { kind: 'unreachable', message: '', retryAfterMs: null }
    scene.port.calls.length = 0
    expect(await scene.controller.removeMember(thesis.id, 'mia', { revokesInvites: true })).toMatchObject({
      ok: false,
    })
    expect(scene.port.calls).toEqual([`revoke ${thesis.id}`])
  })

  test('links can be left to others', async () => {
    const scene = open()
    await scene.clock.advanceAsync(0)
    scene.port.calls.length = 0
    await scene.controller.removeMember(thesis.id, 'mia', { revokesInvites: false })
    expect(scene.port.calls).toEqual([`remove mia from ${thesis.id}`, 'list'])
  })

  test('dispose ends its timer', async () => {
    const scene = open()
    await scene.clock.advanceAsync(0)
    scene.controller.dispose()
    expect(scene.clock.pendingCount()).toBe(0)
  })
})
