import { describe, expect, test } from 'vitest'
import { planMigrations } from './planMigrations.ts'
import { parseMigrationName, type Migration } from './readMigrations.ts'

const first: Migration = { version: '20260101000000', name: 'create_a', sql: 'create table a ();\n' }
const second: Migration = {
  version: '20260102000000',
  name: 'create_b',
  sql: 'create table b (id int);\nselect 1;\n',
}

describe('planMigrations', () => {
  test('everything is pending on an empty database', () => {
    expect(planMigrations([first, second], [])).toEqual({
      kind: 'apply',
      pending: [first, second],
      changed: [],
    })
  })

  test('what is recorded is not applied again, by whomever it was recorded', () => {
    const ours = { version: first.version, statements: [first.sql] }
    const byTheCli = { version: second.version, statements: ['create table b (id int)', 'select 1'] }
    expect(planMigrations([first, second], [ours, byTheCli])).toEqual({
      kind: 'apply',
      pending: [],
      changed: [],
    })
  })

  test('a file that changed after it was applied is noticed and left alone', () => {
    const applied = [{ version: first.version, statements: ['create table a (other int)'] }]
    expect(planMigrations([first], applied)).toEqual({ kind: 'apply', pending: [], changed: [first] })
  })

  test('a record without statements cannot have changed', () => {
    const applied = [{ version: first.version, statements: null }]
    expect(planMigrations([first], applied)).toMatchObject({ changed: [] })
  })

  test('versions that only the database knows mean a newer app', () => {
    const applied = [
      { version: first.version, statements: null },
      { version: '20990101000000', statements: null },
    ]
    expect(planMigrations([first, second], applied)).toEqual({
      kind: 'database-newer',
      unknownVersions: ['20990101000000'],
    })
  })
})

describe('parseMigrationName', () => {
  test.each([
    ['20260101000000_create_rooms.sql', { version: '20260101000000', name: 'create_rooms' }],
    ['1_a.sql', { version: '1', name: 'a' }],
    ['create_rooms.sql', null],
    ['20260101000000_create_rooms.sql.bak', null],
    ['README.md', null],
  ])('%s', (fileName, expected) => {
    expect(parseMigrationName(fileName)).toEqual(expected)
  })
})
