import { resolve } from 'node:path'

/** How a step's own totals are read once it has ended. `exitCode`: the step is one check. */
export type TotalsSource =
  | { readonly kind: 'exitCode' }
  /** A Vitest JSON report at `path`. */
  | { readonly kind: 'vitest'; readonly path: string }
  /** A Playwright JSON report at `path`. */
  | { readonly kind: 'playwright'; readonly path: string }
  /** The last line `N passed, N failed[, N skipped]` of what the step printed. */
  | { readonly kind: 'closingLine' }

/** One part of `npm test`. `command` is run by the project's own Node, without a shell. */
export interface Step {
  readonly name: string
  readonly command: readonly string[]
  readonly totals: TotalsSource
  /** Runs beside the other steps of the same group; groups run one after the other. */
  readonly group:
    'static' | 'unit' | 'build' | 'database' | 'servers' | 'e2e' | 'electron' | 'faults' | 'allFaults'
  /** Run only when its group is named. */
  readonly isOptional?: boolean
  readonly environment?: Readonly<Record<string, string>>
}

const bin = (packageName: string, file: string): readonly string[] => [
  'node',
  `node_modules/${packageName}/${file}`,
]

const layers = ['core', 'renderer', 'node', 'functions', 'tests'] as const

/** Every step of `npm test`, in order. `reportFolder` receives the JSON reports. */
export function planSteps(reportFolder: string): readonly Step[] {
  const vitestStep = (name: string, project: string, group: Step['group']): Step => {
    const path = `${reportFolder}/vitest-${project}.json`
    return {
      name,
      group,
      command: [
        ...bin('vitest', 'vitest.mjs'),
        'run',
        '--project',
        project,
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${path}`,
      ],
      totals: { kind: 'vitest', path },
    }
  }
  const faultStep = (name: string, group: Step['group'], selection: readonly string[]): Step => {
    const path = `${reportFolder}/playwright-${group}.json`
    return {
      name,
      group,
      command: [
        ...bin('@playwright/test', 'cli.js'),
        'test',
        '--config=test/faults/playwright.config.ts',
        '--reporter=list,json',
        ...selection,
      ],
      totals: { kind: 'playwright', path },
      // A relative one would be taken from where the configuration is.
      environment: { PLAYWRIGHT_JSON_OUTPUT_NAME: resolve(path) },
    }
  }
  const electronReport = `${reportFolder}/playwright-electron.json`
  const playwrightReport = `${reportFolder}/playwright.json`
  return [
    {
      name: 'format',
      group: 'static',
      command: [...bin('prettier', 'bin/prettier.cjs'), '--check', '--log-level=warn', '.'],
      totals: { kind: 'exitCode' },
    },
    ...layers.map((layer): Step => ({
      name: `types: ${layer}`,
      group: 'static',
      command: [...bin('typescript', 'bin/tsc'), '-p', `tsconfig/${layer}.json`],
      totals: { kind: 'exitCode' },
    })),
    {
      name: 'lint',
      group: 'static',
      command: [...bin('oxlint', 'bin/oxlint'), '--type-aware', '--deny-warnings'],
      totals: { kind: 'exitCode' },
    },
    {
      name: 'import rules',
      group: 'static',
      command: [
        ...bin('dependency-cruiser', 'bin/dependency-cruise.mjs'),
        '--config',
        '.dependency-cruiser.cjs',
        'src',
        'supabase/functions',
      ],
      totals: { kind: 'exitCode' },
    },
    {
      name: 'dead code',
      group: 'static',
      command: [...bin('knip', 'bin/knip.js'), '--no-progress'],
      totals: { kind: 'exitCode' },
    },
    vitestStep('unit', 'unit', 'unit'),
    {
      name: 'build',
      group: 'build',
      command: [...bin('electron-vite', 'bin/electron-vite.js'), 'build'],
      totals: { kind: 'exitCode' },
    },
    {
      name: 'database',
      group: 'database',
      command: ['node', 'tools/database/testDatabase.ts'],
      totals: { kind: 'closingLine' },
    },
    vitestStep('integration', 'integration', 'servers'),
    {
      name: 'end to end',
      group: 'e2e',
      command: [...bin('@playwright/test', 'cli.js'), 'test', '--reporter=list,json'],
      totals: { kind: 'playwright', path: playwrightReport },
      environment: { PLAYWRIGHT_JSON_OUTPUT_NAME: playwrightReport },
    },
    {
      name: 'Electron itself',
      group: 'electron',
      command: [
        ...bin('@playwright/test', 'cli.js'),
        'test',
        '--config=test/electron/playwright.config.ts',
        '--reporter=list,json',
      ],
      totals: { kind: 'playwright', path: electronReport },
      environment: { PLAYWRIGHT_JSON_OUTPUT_NAME: resolve(electronReport) },
    },
    faultStep('faults, a selection', 'faults', ['--grep', '@short']),
    { ...faultStep('faults', 'allFaults', []), isOptional: true },
  ]
}
