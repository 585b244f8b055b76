import { expect, test } from 'vitest'
import { shipsPostgresFile } from './shipsPostgresFile.ts'

test.each([
  'bin',
  'bin/postgres',
  'bin/pg_ctl.exe',
  'bin/icudt77.dll',
  'lib/libpq.so.5',
  'lib/postgresql/pgcrypto.so',
  'lib/pgcrypto.dll',
  'share/postgresql/postgres.bki',
  'share/timezone/Europe/Berlin',
  'share/extension/pgcrypto.control',
])('%s runs the database', (path) => {
  expect(shipsPostgresFile(path)).toBe(true)
})

test.each([
  'bin/psql',
  'bin/wxbase3210u_vc_x64_custom.dll',
  'bin/testplug.dll',
  'lib/libpgport.a',
  'lib/pkgconfig',
  'lib/pkgconfig/libpq.pc',
  'lib/postgresql/pgxs/src/Makefile',
  'lib/postgresql/plpython3.so',
  'lib/postgresql/hstore_plperl.dylib',
  'share/locale/de/LC_MESSAGES/postgres-18.mo',
  'share/doc',
  'pg-symlinks.json',
])('%s stays out', (path) => {
  expect(shipsPostgresFile(path)).toBe(false)
})
