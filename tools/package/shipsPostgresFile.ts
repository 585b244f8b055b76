/** PostgreSQL's programs that the embedded backend runs. */
const programs = new Set(['postgres', 'initdb', 'pg_ctl', 'postgres.exe', 'initdb.exe', 'pg_ctl.exe'])

/** What only building against PostgreSQL, reading about it, or pgAdmin needs. Patterns over paths below `native`. */
const leftOut: readonly RegExp[] = [
  /\.(a|lib|pc)$/,
  /^lib\/(pkgconfig|cmake)(\/|$)/,
  /^lib\/(postgresql\/)?pgxs(\/|$)/,
  /^include(\/|$)/,
  /^share\/(postgresql\/)?(doc|man|locale)(\/|$)/,
  // wxWidgets, which pgAdmin's StackBuilder draws with.
  /^bin\/(wx|testplug)/,
  // Languages whose interpreters are not here, so that they could not be loaded.
  /^lib\/(postgresql\/)?[a-z_]*(plperl|plpython3|pltcl)\w*\.(so|dylib|dll)$/,
  /^pg-symlinks\.json$/,
]

/** Whether a file of a PostgreSQL package belongs into the app. `path` is below `native`, with forward slashes. */
export function shipsPostgresFile(path: string): boolean {
  if (leftOut.some((pattern) => pattern.test(path))) return false
  const [folder, name = ''] = path.split('/')
  return folder !== 'bin' || name === '' || programs.has(name) || name.endsWith('.dll')
}
