/** The import rules of the architecture (docs/architecture.md). Paths are from the repository's root. */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: {},
      // What ends in ?url is Vite's: the address of a file that the build copies.
      to: { couldNotResolve: true, pathNot: '^(electron|virtual:)|\\?url$' },
    },
    {
      name: 'shared-depends-on-zod-alone',
      severity: 'error',
      from: { path: '^src/shared/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: ['^src/shared/', 'node_modules/zod/'] },
    },
    {
      name: 'main-preload-backend-import-only-shared',
      severity: 'error',
      from: { path: '^src/(main|preload|backend)/', pathNot: '\\.test\\.ts$' },
      to: {
        path: '^(src/|supabase/|tools/|test/)',
        pathNot: ['^src/$1/', '^src/shared/', '^supabase/functions/api/'],
      },
    },
    {
      name: 'only-the-backend-mounts-the-function',
      severity: 'error',
      from: { path: '^src/(main|preload|renderer|shared)/', pathNot: '\\.test\\.ts$' },
      to: { path: '^supabase/' },
    },
    {
      name: 'function-imports-only-itself-and-shared',
      severity: 'error',
      from: { path: '^supabase/functions/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(src/|tools/|test/)', pathNot: '^src/shared/' },
    },
    {
      name: 'renderer-is-a-web-page',
      severity: 'error',
      from: { path: '^src/renderer/', pathNot: '\\.test\\.tsx?$' },
      to: {
        path: [
          '^node:',
          '^electron$',
          'node_modules/electron/',
          '^src/(main|preload|backend)/',
          '^tools/',
          '^test/',
        ],
      },
    },
    {
      name: 'renderer-uses-no-node-module',
      severity: 'error',
      from: { path: '^src/renderer/', pathNot: '\\.test\\.tsx?$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'core-is-pure',
      severity: 'error',
      from: { path: '^src/renderer/core/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: ['^src/renderer/core/', '^src/shared/'] },
    },
    {
      name: 'adapters-hold-one-sdk-each',
      severity: 'error',
      from: { path: '^src/renderer/adapters/([^/]+)/', pathNot: '\\.test\\.ts$' },
      to: {
        path: '^src/renderer/',
        pathNot: [
          '^src/renderer/adapters/$1/',
          '^src/renderer/core/',
          '^src/renderer/controllers/contracts\\.ts$',
        ],
      },
    },
    {
      name: 'controllers-act-through-ports',
      severity: 'error',
      from: { path: '^src/renderer/controllers/', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/renderer/(adapters|features|ui|app)/' },
    },
    {
      name: 'stores-know-the-core-alone',
      severity: 'error',
      from: { path: '^src/renderer/stores/', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/renderer/(adapters|features|ui|app)/' },
    },
    {
      name: 'features-know-no-adapter-and-no-other-feature',
      severity: 'error',
      from: { path: '^src/renderer/features/([^/]+)/', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^src/renderer/(adapters|app|features)/', pathNot: '^src/renderer/features/$1/' },
    },
    {
      name: 'components-belong-to-no-feature',
      severity: 'error',
      from: { path: '^src/renderer/components/', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^src/renderer/(adapters|app|features)/' },
    },
    {
      name: 'ui-knows-no-domain',
      severity: 'error',
      from: { path: '^src/renderer/ui/', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^src/', pathNot: '^src/renderer/ui/' },
    },
    {
      name: 'sdks-stay-in-their-adapters',
      severity: 'error',
      from: { path: '^src/renderer/', pathNot: ['^src/renderer/adapters/', '\\.test\\.tsx?$'] },
      to: { path: 'node_modules/(simple-peer|livekit-client|@supabase)/' },
    },
    {
      name: 'nothing-in-src-knows-the-tools',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^(tools|test)/' },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(out|dist|coverage)/' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
}
