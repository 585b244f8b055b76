import { directionOf, type LanguageTag } from '../../../../src/shared/languages/languages.ts'
import { invitationTexts } from '../../../../src/shared/links/invitationTexts.ts'
import type { Link } from '../../../../src/shared/links/parseLink.ts'

/** An invitation that can be read; null: what was opened is none. `text`: the `studyhall://` link. */
export type Invitation = { readonly kind: Exclude<Link['kind'], 'host'>; readonly text: string } | null

/** The page's only style; its sum stands in the policy. */
export const invitationStyle = `
:root{--page:#f6f3ec;--surface:#fff;--text:#1d1f1e;--quiet:#5b605d;--line:#dedad0;--action:#2f6b55;--on-action:#fff;color-scheme:light dark}
@media (prefers-color-scheme:dark){:root{--page:#15181a;--surface:#24292c;--text:#eceeed;--quiet:#a5adab;--line:#3a4145;--action:#7cc4a4;--on-action:#10231b}}
body{display:grid;min-height:100vh;margin:0;padding:24px;box-sizing:border-box;place-items:center;background:var(--page);color:var(--text);font:16px/1.5 system-ui,sans-serif}
main{box-sizing:border-box;width:100%;max-width:480px;padding:32px;border:1px solid var(--line);border-radius:14px;background:var(--surface)}
h1{margin:0 0 8px;font-size:1.5rem;line-height:1.25}
h2{margin:28px 0 4px;font-size:1rem}
p{margin:0 0 16px}
.quiet{margin:0 0 8px;color:var(--quiet);font-size:.875rem}
a{display:inline-block;padding:10px 20px;border-radius:10px;background:var(--action);color:var(--on-action);font-weight:600;text-decoration:none}
a:focus-visible{outline:3px solid var(--action);outline-offset:3px}
code{display:block;padding:10px 12px;border:1px solid var(--line);border-radius:10px;background:var(--page);font-size:.875rem;overflow-wrap:anywhere;user-select:all;text-align:start}
`

const hints = {
  room: 'roomHint',
  roomInvite: 'roomInviteHint',
  recurringInvite: 'recurringInviteHint',
} as const

/**
 * The page as HTML, in one language. It runs no script.
 * SECURITY: `invitation.text` is a link that the parser has read to the letter, so that none of its characters means anything to HTML; it is
 * escaped all the same. Everything else is ours.
 */
export function renderInvitationPage(invitation: Invitation, language: LanguageTag): string {
  const texts = invitationTexts[language]
  const say = (text: string): string => escapeHtml(text)
  const link = escapeHtml(invitation?.text ?? '')
  const body =
    invitation === null
      ? `<h1>${say(texts.incomplete)}</h1><p>${say(texts.incompleteHint)}</p>`
      : `<h1>${say(texts[invitation.kind])}</h1>
<p>${say(texts.asks)} ${say(texts[hints[invitation.kind]])}</p>
<p><a href="${link}">${say(texts.open)}</a></p>
<p class="quiet">${say(texts.byHand)}</p>
<code dir="ltr">${link}</code>`
  return `<!doctype html>
<html lang="${language}" dir="${directionOf(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${say(texts.title)}</title>
<style>${invitationStyle}</style>
</head>
<body>
<main>
${body}
<h2>${say(texts.getTitle)}</h2>
<p class="quiet">${say(texts.get)}</p>
<h2>${say(texts.knowsTitle)}</h2>
<p class="quiet">${say(texts.knowsCode)}</p>
</main>
</body>
</html>
`
}

/** The same as plain text, for where pages are not served as such. */
export function renderInvitationText(invitation: Invitation, language: LanguageTag): string {
  const texts = invitationTexts[language]
  const parts =
    invitation === null
      ? [texts.incomplete, texts.incompleteHint]
      : [
          `${texts.title}: ${texts[invitation.kind]}`,
          texts.byHand,
          `    ${invitation.text}`,
          `${texts.asks} ${texts[hints[invitation.kind]]}`,
        ]
  return `${[...parts, `${texts.getTitle} ${texts.get}`].join('\n\n')}\n`
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
