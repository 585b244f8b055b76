import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { drawTrayIcon, trayIconStates, type TrayIconStyle } from './drawTrayIcon.ts'

/*
 * `node tools/icons/writeTrayIcons.ts`: writes the tray's icons as the main process has them, in its own code, so that they are there
 * whatever way the app is packaged. With a folder after it, also as files to look at.
 */

/** In device-independent px a side; each at the scales 1 and 2. Menu bars and trays take 16 to 24. */
const sizesPx: Readonly<Record<TrayIconStyle, number>> = { template: 18, colour: 22 }

const folder = process.argv[2]
if (folder !== undefined) mkdirSync(folder, { recursive: true })

const lines: string[] = []
for (const style of ['template', 'colour'] as const) {
  lines.push(`  ${style}: {`)
  for (const state of trayIconStates) {
    const images = [1, 2].map((scale) => drawTrayIcon(state, style, sizesPx[style] * scale))
    lines.push(`    ${state}: [`)
    for (const [index, image] of images.entries()) {
      lines.push(`      '${image.toString('base64')}',`)
      if (folder !== undefined) writeFileSync(join(folder, `${style}-${state}-${index + 1}x.png`), image)
    }
    lines.push('    ],')
  }
  lines.push('  },')
}
writeFileSync(
  'src/main/tray/trayIcons.generated.ts',
  `// Written by \`node tools/icons/writeTrayIcons.ts\`; PNGs in base64, at the scales 1 and 2.
export const trayIconImages = {
${lines.join('\n')}
} as const
`,
)
