import { expect, test } from 'vitest'
import { selectRole } from './role.ts'

const ten = '2026-03-01T10:00:00.000Z'

test.each([
  [
    'the later one calls',
    { joinedAt: '2026-03-01T10:00:01.000Z', id: 'a' },
    { joinedAt: ten, id: 'b' },
    'caller',
  ],
  [
    'the earlier one is called',
    { joinedAt: ten, id: 'b' },
    { joinedAt: '2026-03-01T10:00:01.000Z', id: 'a' },
    'callee',
  ],
  ['at the same time the greater id calls', { joinedAt: ten, id: 'b' }, { joinedAt: ten, id: 'a' }, 'caller'],
  [
    'at the same time the smaller id is called',
    { joinedAt: ten, id: 'a' },
    { joinedAt: ten, id: 'b' },
    'callee',
  ],
  [
    'times count, not how they are written',
    { joinedAt: '2026-03-01T11:00:00.000+01:00', id: 'b' },
    { joinedAt: ten, id: 'a' },
    'caller',
  ],
  [
    'below a millisecond the id decides, since not everybody gets told more',
    { joinedAt: '2026-03-01T10:00:00.000900+00:00', id: 'a' },
    { joinedAt: '2026-03-01T10:00:00.000100+00:00', id: 'b' },
    'callee',
  ],
] as const)('%s', (_, self, other, role) => {
  const side = (of: { joinedAt: string; id: string }): { joinedAt: string; connectionId: string } => ({
    joinedAt: of.joinedAt,
    connectionId: of.id,
  })
  expect(selectRole(side(self), side(other))).toBe(role)
})
