import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { unzipSync } from 'fflate'
import { unpackTar } from 'modern-tar'
import { err, ok, type Result } from '../../src/shared/result.ts'

/** An archive that holds something else than a released one does, in words that end a sentence. */
export type UnpackError = { readonly kind: 'bad_archive'; readonly why: string }

/** Several times what a release unpacks to (about 60 MB). */
const maximumBytes = 400 * 1024 * 1024

type Member = { readonly name: string; readonly kind: 'file' | 'folder' | 'other' }
/** What an archive lists, in its order, and the bytes of the one file that was asked for. */
type Contents = { readonly members: readonly Member[]; readonly data: Uint8Array | undefined }

/** A name that, joined to a folder, could lie outside of it on any system. */
function leavesFolder(name: string): boolean {
  return /^[/\\]|^[a-z]:/i.test(name) || name.split(/[/\\]/).includes('..')
}

async function readTar(archive: Uint8Array, program: string): Promise<Contents> {
  const tar = await promisify(gunzip)(archive, { maxOutputLength: maximumBytes })
  const members: Member[] = []
  const [wanted] = await unpackTar(tar, {
    strict: true,
    filter: ({ name, type = 'file' }) => {
      const kind = type === 'directory' ? 'folder' : type === 'file' ? 'file' : 'other'
      members.push({ name, kind })
      return kind === 'file' && name === program
    },
  })
  return { members, data: wanted?.data }
}

function readZip(archive: Uint8Array, program: string): Contents {
  const members: Member[] = []
  const files = unzipSync(archive, {
    filter: ({ name, originalSize }) => {
      if (originalSize > maximumBytes) throw new Error(`its ${name} is too large`)
      members.push({ name, kind: name.endsWith('/') ? 'folder' : 'file' })
      return name === program
    },
  })
  return { members, data: files[program] }
}

/**
 * The bytes of the program in an archive of a release; nothing is written.
 * SECURITY: of the archive only the file of exactly that name is unpacked, and nothing of an archive that holds a link or a
 * name that would leave its folder: no release of LiveKit does.
 */
export async function unpackProgram(
  archive: Uint8Array,
  format: 'tar.gz' | 'zip',
  program: string,
): Promise<Result<Uint8Array, UnpackError>> {
  const bad = (why: string): Result<never, UnpackError> => err({ kind: 'bad_archive', why })
  let contents: Contents
  try {
    contents = format === 'zip' ? readZip(archive, program) : await readTar(archive, program)
  } catch (error) {
    return bad(error instanceof Error ? error.message : 'it cannot be read')
  }
  const { members, data } = contents
  const stray = members.find(({ name, kind }) => leavesFolder(name) || kind === 'other')
  if (stray !== undefined) return bad(`it holds ${JSON.stringify(stray.name)}, which no release does`)
  if (members.filter(({ name }) => name === program).length > 1) return bad(`it holds ${program} twice`)
  if (data === undefined || data.byteLength === 0) return bad(`it does not hold ${program}`)
  return ok(data)
}
