import { createHash } from 'node:crypto'
import { invitationTexts } from '../../src/shared/links/invitationTexts.ts'

/** The page for a web server with its texts as they are now, and with the sums of its script and style in its policy. */
export function fillPage(html: string): string {
  // One string, which the formatter leaves as it is.
  const texts = JSON.stringify(invitationTexts).replaceAll(
    /[\\'<]/gu,
    (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`,
  )
  const filled = html.replace(
    /^( *)const texts = JSON\.parse\([^]*?\)$/mu,
    (_all, indent: string) => `${indent}const texts = JSON.parse(\n${indent}  '${texts}',\n${indent})`,
  )
  const sumOf = (tag: string): string => {
    const text = new RegExp(`<${tag}>([^]*?)</${tag}>`, 'u').exec(filled)?.[1] ?? ''
    return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
  }
  return filled.replace(
    /script-src '[^']*'; style-src '[^']*'/u,
    `script-src ${sumOf('script')}; style-src ${sumOf('style')}`,
  )
}
