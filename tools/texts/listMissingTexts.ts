import process from 'node:process'
import { languages } from '../../src/shared/languages/languages.ts'
import { en } from '../../src/renderer/messages/catalogues/en/en.ts'
import { loadCatalogue } from '../../src/renderer/messages/loadCatalogue.ts'
import { compareCatalogues, flatten } from '../../test/support/compareCatalogues.ts'

/*
 * `npm run texts`: what each language lacks beside English, key by key with the English text, to be filled in. Ends with 1 when
 * something is missing, left over or broken.
 */

const english = flatten(en)

/** A key's English text; of a form that English does not have, that of its last form. */
function englishOf(key: string): string {
  return english.get(key) ?? english.get(key.replace(/_[a-z]+$/, '_other')) ?? ''
}

for (const { tag, name } of languages) {
  if (tag === 'en') continue
  const { missing, surplus, broken, blank } = compareCatalogues(en, await loadCatalogue(tag), tag)
  const faults = [
    ...missing.map((key) => `  missing  ${key}: ${JSON.stringify(englishOf(key))}`),
    ...surplus.map((key) => `  surplus  ${key}`),
    ...[...broken, ...blank].map((key) => `  broken   ${key}: ${JSON.stringify(englishOf(key))}`),
  ]
  console.log([`${tag} (${name}): ${faults.length === 0 ? 'complete' : faults.length}`, ...faults].join('\n'))
  if (faults.length > 0) process.exitCode = 1
}
