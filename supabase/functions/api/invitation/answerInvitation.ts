import { readAcceptLanguage } from '../../../../src/shared/languages/acceptLanguage.ts'
import { matchLanguage } from '../../../../src/shared/languages/languages.ts'
import { linkScheme, parseLink } from '../../../../src/shared/links/parseLink.ts'
import {
  type Invitation,
  invitationStyle,
  renderInvitationPage,
  renderInvitationText,
} from './invitationPage.ts'

let styleSum: Promise<string> | null = null

/**
 * The page behind an https invitation: `/api/invitation/` and what a `studyhall://` link says behind its scheme. It looks nothing up, so
 * that it tells nobody which codes are good, and no invitation is used up by a program that looks at links. Hosted Supabase serves no HTML
 * below `supabase.co` (it is sent as plain text, tags and all), so there the page is text.
 */
export async function answerInvitation(request: Request, supabaseUrl: string): Promise<Response> {
  const { pathname, search } = new URL(request.url)
  const invitation = readInvitation(`${pathname.replace(/^.*?\/invitation\//u, '')}${search}`)
  const language = matchLanguage(readAcceptLanguage(request.headers.get('accept-language') ?? ''))
  const isText = new URL(supabaseUrl).hostname.endsWith('.supabase.co')
  const body = (isText ? renderInvitationText : renderInvitationPage)(invitation, language)
  styleSum ??= sumOf(invitationStyle)
  return new Response(body, {
    status: invitation === null ? 404 : 200,
    headers: {
      'content-type': `text/${isText ? 'plain' : 'html'}; charset=utf-8`,
      'content-language': language,
      vary: 'accept-language',
      // SECURITY: nothing but our own style; no script, no form, no frame around it; and nobody is told the address.
      'content-security-policy': `default-src 'none'; style-src '${await styleSum}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-robots-tag': 'noindex',
    },
  })
}

function readInvitation(rest: string): Invitation {
  const text = `${linkScheme}://${rest}`
  const link = parseLink(text)
  return link === null || link.kind === 'host' ? null : { kind: link.kind, text }
}

async function sumOf(text: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
  return `sha256-${btoa(String.fromCharCode(...digest))}`
}
