import { expect, test } from 'vitest'
import { findOversized, sizeBudgets } from './sizeBudget.ts'

test.each(['linux', 'win', 'mac'] as const)(
  '%s: an installer over its budget is named with both figures',
  (system) => {
    const limit = sizeBudgets[system].installer
    const names = ['a.AppImage', 'b.deb', 'c.exe', 'd.dmg', 'e.zip']
    expect(
      findOversized(
        names.map((name) => ({ name, bytes: limit })),
        system,
      ),
    ).toEqual([])
    const found = findOversized(
      names.map((name) => ({ name, bytes: limit + 2_000_000 })),
      system,
    )
    expect(found).toHaveLength(names.length)
    expect(found[0]).toBe(`a.AppImage has ${limit / 1e6 + 2} MB; the budget is ${limit / 1e6} MB.`)
  },
)

test('what nobody downloads as a whole counts for nothing', () => {
  const bytes = 1e12
  const files = ['latest.yml', 'Studyhall.exe.blockmap', 'builder-debug.yml'].map((name) => ({ name, bytes }))
  expect(findOversized(files, 'win')).toEqual([])
})
