import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { textsOfPrograms } from './shippedPrograms.ts'

const texts = join(import.meta.dirname, '..', '..', '..', 'packaging', 'licences')

test.each(['linux', 'win', 'mac'] as const)(
  'there is a text for every licence of the programs on %s',
  (system) => {
    const names = textsOfPrograms(system)
    expect(names).toEqual(expect.arrayContaining(['PostgreSQL', 'Apache-2.0', 'Unicode-3.0']))
    expect(names.filter((name) => !existsSync(join(texts, `${name}.txt`)))).toEqual([])
  },
)
