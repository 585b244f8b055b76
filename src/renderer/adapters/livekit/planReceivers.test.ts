import { expect, test } from 'vitest'
import { planReceivers } from './planReceivers.ts'

const all = (participantIdentity: string) => ({ participantIdentity, allowAll: true })
const sound = (participantIdentity: string, ...allowedTrackSids: string[]) => ({
  participantIdentity,
  allowAll: false,
  allowedTrackSids,
})

test.each([
  ['nobody inside', [], [], ['TR_sound'], []],
  ['everybody inside', ['Ada', 'Ben'], [], ['TR_sound'], [all('Ada'), all('Ben')]],
  [
    'who may not see us hears us',
    ['Ada', 'Ben'],
    ['Ben'],
    ['TR_sound'],
    [all('Ada'), sound('Ben', 'TR_sound')],
  ],
  ['and receives nothing while we say nothing', ['Ben'], ['Ben'], [], [sound('Ben')]],
  ['who may not see us and is not inside receives nothing', ['Ada'], ['Ben'], ['TR_sound'], [all('Ada')]],
])('%s', (_what, receivers, shutOut: readonly string[], sounds, permissions) => {
  expect(planReceivers(receivers, (connectionId) => !shutOut.includes(connectionId), sounds)).toEqual(
    permissions,
  )
})
