import { expect, test } from 'vitest'
import { findAppImage } from './findAppImage.ts'

const image = '/home/ada/Studyhall.AppImage'
const same = (path: string): string => path
const vanished = (): string => {
  throw new Error('ENOENT')
}

test.each([
  ['an image, from its mount', { APPIMAGE: image, APPDIR: '/tmp/.mount_StudyX' }, same, image],
  [
    'an image whose mount is reached by a link',
    { APPIMAGE: image, APPDIR: '/t' },
    () => '/tmp/.mount_StudyX',
    image,
  ],
  ['an image that does not name its mount', { APPIMAGE: image }, same, image],
  ['a mount that cannot be looked up', { APPIMAGE: image, APPDIR: '/tmp/.mount_StudyX' }, vanished, image],
  ['no image', {}, same, null],
  [
    'the image of the terminal that it was started in',
    { APPIMAGE: '/t.AppImage', APPDIR: '/tmp/.mount_TermY' },
    same,
    null,
  ],
  ['a mount whose name is only longer', { APPIMAGE: image, APPDIR: '/tmp/.mount_Study' }, same, null],
])('%s', (_what, environment, realPath, found) => {
  expect(findAppImage(environment, '/tmp/.mount_StudyX/studyhall', realPath)).toBe(found)
})
