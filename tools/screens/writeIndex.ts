import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SCREENS_FOLDER } from './shoot.ts'

/** Writes a page that shows every picture of the folder, the themes of a screen side by side. */
export async function writeIndex(): Promise<void> {
  const files = (await readdir(SCREENS_FOLDER)).filter((file) => file.endsWith('.png'))
  const screens = new Set(files.map((file) => file.replace(/-(?:light|dark)\.png$/, '')))
  const entries = [...screens].toSorted().map((screen) => {
    const pictures = ['light', 'dark']
      .map((theme) => ({ theme, file: `${screen}-${theme}.png` }))
      .filter(({ file }) => files.includes(file))
      .map(({ theme, file }) => `<img src="${file}" alt="${screen}, ${theme}" width="49%" />`)
    return `**${screen}**\n\n${pictures.join('\n')}\n`
  })
  const text = [
    '# Screens\n',
    'Made by `npm run screens`. The people are painted; the faces that are plain are the ones of the gallery (`npm run gallery`).\n',
    ...entries,
  ]
  await writeFile(join(SCREENS_FOLDER, 'README.md'), text.join('\n'))
}
