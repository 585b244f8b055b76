import { expect, test } from 'vitest'
import { selectStage } from './selectStage.ts'

const ben = { connectionId: 'Ben', isScreensharing: false }
const chloe = { connectionId: 'Chloe', isScreensharing: false }
const sharing = { connectionId: 'Dan', isScreensharing: true }

test.each([
  ['nobody else is here', [], { pinned: null, speaker: null }, null],
  ['nobody has spoken', [ben, chloe], { pinned: null, speaker: null }, 'Ben camera'],
  ['somebody speaks', [ben, chloe], { pinned: null, speaker: 'Chloe' }, 'Chloe camera'],
  ['who spoke has left', [ben], { pinned: null, speaker: 'Chloe' }, 'Ben camera'],
  ['a screen is shared', [ben, chloe, sharing], { pinned: null, speaker: 'Chloe' }, 'Dan screen'],
  ['somebody was chosen', [ben, chloe, sharing], { pinned: 'Ben', speaker: 'Chloe' }, 'Ben camera'],
  ['whoever was chosen has left', [ben, chloe], { pinned: 'Dan', speaker: 'Chloe' }, 'Chloe camera'],
])('%s', (_, people, choice, expected) => {
  const stage = selectStage(people, choice)
  expect(stage === null ? null : `${stage.connectionId} ${stage.kind}`).toBe(expected)
})
