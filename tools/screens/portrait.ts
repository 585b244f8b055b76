/** Somebody at a desk, drawn; it stands in for a camera's picture in screenshots. */
export interface Portrait {
  readonly wall: string
  readonly glow: string
  readonly skin: string
  readonly hair: string
  readonly shirt: string
  readonly hairStyle: 'short' | 'long' | 'bun' | 'curly'
  readonly hasGlasses: boolean
}

export const PORTRAIT_WIDTH_PX = 640
export const PORTRAIT_HEIGHT_PX = 480

/** One frame as SVG. `phase` (0 to 1) moves the head a little, as somebody reading does. */
export function drawPortrait(portrait: Portrait, phase: number): string {
  const nod = Math.sin(phase * 2 * Math.PI)
  const head = `translate(${nod * 2} ${nod * 4}) rotate(${nod * 1.2} 320 300)`
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${PORTRAIT_WIDTH_PX}" height="${PORTRAIT_HEIGHT_PX}" viewBox="0 0 640 480">
    <defs>
      <radialGradient id="lamp" cx="0.82" cy="0.2" r="0.9">
        <stop offset="0" stop-color="${portrait.glow}"/><stop offset="1" stop-color="${portrait.wall}"/>
      </radialGradient>
      <linearGradient id="shade" x1="0" x2="1"><stop offset="0" stop-color="#000" stop-opacity=".22"/><stop offset=".6" stop-color="#000" stop-opacity="0"/></linearGradient>
    </defs>
    <rect width="640" height="480" fill="url(#lamp)"/>
    ${drawShelf(portrait)}
    <g>
      <path d="M130 480 C140 378 224 352 320 352 C416 352 500 378 510 480 Z" fill="${portrait.shirt}"/>
      <path d="M130 480 C140 378 224 352 320 352 C416 352 500 378 510 480 Z" fill="url(#shade)"/>
      <g transform="${head}">
        ${portrait.hairStyle === 'long' ? `<path d="M214 236 C204 110 436 110 426 236 L436 372 C400 392 240 392 204 372 Z" fill="${portrait.hair}"/>` : ''}
        <path d="M284 318 h72 v46 c0 22 -72 22 -72 0 z" fill="${portrait.skin}"/>
        <path d="M284 330 h72 v14 c-20 16 -52 16 -72 0 z" fill="#000" opacity=".12"/>
        <ellipse cx="320" cy="244" rx="82" ry="98" fill="${portrait.skin}"/>
        ${drawHair(portrait)}
        ${drawFace(portrait)}
      </g>
    </g>
    <path d="M0 452 h640 v28 h-640 z" fill="#4a3527"/>
  </svg>`
}

function drawShelf({ shirt, hair }: Portrait): string {
  const spines = ['#8a5a44', shirt, '#c8b58a', '#5d6f64', hair, '#a8794f', '#6a7b8c', '#d2c3a0']
  const books = spines.map((color, index) => {
    const heightPx = 62 + ((index * 37) % 26)
    return `<rect x="${34 + index * 21}" y="${150 - heightPx}" width="18" height="${heightPx}" rx="2" fill="${color}" opacity=".8"/>`
  })
  return `${books.join('')}<rect x="22" y="150" width="196" height="8" rx="2" fill="#6b4c36"/>`
}

function drawHair({ hair, hairStyle }: Portrait): string {
  const cap = `<path d="M236 236 C226 120 414 120 404 236 C396 190 372 176 320 176 C268 176 244 190 236 236 Z" fill="${hair}"/>`
  switch (hairStyle) {
    case 'short':
    case 'long':
      return cap
    case 'bun':
      return `<circle cx="320" cy="122" r="36" fill="${hair}"/>${cap}`
    case 'curly':
      return `${cap}${[232, 258, 290, 322, 354, 384, 408]
        .map((x, index) => `<circle cx="${x}" cy="${index % 2 === 0 ? 178 : 158}" r="30" fill="${hair}"/>`)
        .join('')}`
  }
}

function drawFace({ hasGlasses, hair }: Portrait): string {
  const glasses = hasGlasses
    ? '<g fill="none" stroke="#2b2b2e" stroke-width="4"><circle cx="286" cy="256" r="24"/><circle cx="354" cy="256" r="24"/><path d="M310 254 h20"/></g>'
    : ''
  return `<path d="M268 232 q18 -10 36 0 M336 232 q18 -10 36 0" stroke="${hair}" stroke-width="6" fill="none" stroke-linecap="round"/>
    <path d="M274 258 q12 8 24 0 M342 258 q12 8 24 0" stroke="#2b2320" stroke-width="5" fill="none" stroke-linecap="round"/>
    <path d="M318 262 q-8 24 4 26" stroke="#000" stroke-opacity=".22" stroke-width="4" fill="none" stroke-linecap="round"/>
    <path d="M298 308 q22 12 44 0" stroke="#8a3f36" stroke-width="5" fill="none" stroke-linecap="round"/>${glasses}`
}
