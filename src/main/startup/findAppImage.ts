import { sep } from 'node:path'

/**
 * The AppImage that this program runs from; null: from none. Its runtime names itself in `APPIMAGE` and its mount in `APPDIR`, which
 * every program inherits that is started from within another image, a terminal say: so the program has to lie in that mount.
 */
export function findAppImage(
  environment: Readonly<Record<string, string | undefined>>,
  executable: string,
  realPath: (path: string) => string,
): string | null {
  const { APPIMAGE: image, APPDIR: mount } = environment
  if (image === undefined || image === '') return null
  if (mount === undefined || mount === '') return image
  return executable.startsWith(withSeparator(resolveLink(mount, realPath))) ? image : null
}

function withSeparator(folder: string): string {
  return folder.endsWith(sep) ? folder : folder + sep
}

function resolveLink(path: string, realPath: (path: string) => string): string {
  try {
    return realPath(path)
  } catch {
    return path
  }
}
