import type { PackageSystem } from '../packageTarget.ts'
import type { ShippedLicence } from './collectLicences.ts'
import { shippedPrograms } from './shippedPrograms.ts'

const rule = '='.repeat(100)

/** The file that is shipped: what Studyhall is made of, and by which licences. */
export function formatLicences(
  licences: readonly ShippedLicence[],
  system: PackageSystem,
  programTexts: ReadonlyMap<string, string>,
): string {
  const programs = shippedPrograms.filter(({ systems }) => systems.includes(system))
  const parts = [
    [
      'Studyhall is made of the work of many. Its own licence is in LICENSE; Electron and Chromium have theirs in',
      'LICENSE.electron.txt and LICENSES.chromium.html beside the app. What else is in this app:',
    ].join('\n'),
    programs.map(({ name, spdx, address }) => `${name}: ${spdx}, ${address}`).join('\n'),
    ...[...programTexts].map(([name, text]) => `${rule}\n${name}\n\n${text.trim()}`),
    ...licences.map(
      ({ name, version, spdx, text }) => `${rule}\n${name} ${version} (${spdx})\n\n${text.trim()}`,
    ),
  ]
  return `${parts.join('\n\n')}\n`
}
