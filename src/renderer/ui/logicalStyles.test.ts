import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

/*
 * In Arabic the page runs from right to left. Styles say start and end, so that each screen is right both ways; what has no such
 * name goes by `--inline-sign` and `--inline-start` of base.css.
 */

const renderer = join(import.meta.dirname, '..')

function filesEndingIn(ending: string): readonly { readonly path: string; readonly text: string }[] {
  return readdirSync(renderer, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(ending) && !path.includes('gallery'))
    .map((path) => ({ path, text: readFileSync(join(renderer, path), 'utf8') }))
}

/** Declarations that hold for one way of reading only. */
function findPhysical(css: string): readonly string[] {
  const declarations = css
    .replaceAll(/\/\*[^]*?\*\//g, '')
    .matchAll(/(?:^|[;{}])\s*([-\w]+)\s*:\s*([^;{}]+?)\s*(?=[;}])/g)
  return [...declarations].flatMap(([, prop = '', value = '']) =>
    isPhysical(prop, value) ? [`${prop}: ${value}`] : [],
  )
}

function isPhysical(prop: string, value: string): boolean {
  if (prop.startsWith('--')) return false
  if (/(^|-)(left|right)(-|$)/.test(prop)) return true
  if (
    /^(text-align|float|clear|transform-origin|justify-\w+|inset\S*)$/.test(prop) &&
    /\b(left|right)\b/.test(value)
  )
    return true
  if (/translate(X|3d)?\(\s*-?[1-9.]/.test(value)) return true
  const [, right, , left] = splitSides(value)
  return (
    /^(margin|padding|inset|border-(width|style|color)|scroll-(margin|padding))$/.test(prop) &&
    left !== undefined &&
    left !== right
  )
}

/** `0 calc(1px + 2px) 0 8px` as its four parts. */
function splitSides(value: string): readonly string[] {
  let depth = 0
  const spaced = Array.from(value, (letter) => {
    if (letter === '(') depth += 1
    if (letter === ')') depth -= 1
    return letter === ' ' && depth > 0 ? '\u00A0' : letter
  })
  return spaced.join('').split(/ +/)
}

const sheets = filesEndingIn('.css')

test('there are style sheets to look through', () => {
  expect(sheets.length).toBeGreaterThan(30)
})

test('styles say start and end, not left and right', () => {
  expect(sheets.flatMap(({ path, text }) => findPhysical(text).map((one) => `${path}: ${one}`))).toEqual([])
})

test.each([
  'margin-left: 4px',
  'border-top-left-radius: 4px',
  'left: 0',
  'text-align: right',
  'transform: translateX(8px)',
  'padding: 0 1px 0 2px',
  'inset: 8px auto auto 8px',
  'inset-inline-end: anchor(right)',
])('%s would be told of', (declaration) => {
  expect(findPhysical(`a { ${declaration} }`)).toEqual([declaration])
})

test.each([
  'margin-inline-start: 4px',
  'text-align: start',
  'padding: 0 1px 2px',
  'inset: 0 auto 0 auto',
  'transform: translateY(4px)',
  'transform: translateX(calc(var(--inline-sign) * 8px))',
])('%s is right both ways', (declaration) => {
  expect(findPhysical(`a { ${declaration} }`)).toEqual([])
})

test('inline styles are right both ways too', () => {
  const inline = filesEndingIn('.tsx').filter(({ text }) =>
    /translate(X|3d)?\(\$|style=\{\{[^}]*\b(left|right|marginLeft|marginRight|paddingLeft|paddingRight)\b/.test(
      text,
    ),
  )
  expect(inline.map(({ path }) => path)).toEqual([])
})

/** Icons that have a side but mean no direction of reading. */
const keptIcons = new Set(['SkipForward', 'ScreenShare', 'Play'])

test('icons that point along the line turn round with it', () => {
  const base = readFileSync(join(renderer, 'ui', 'base.css'), 'utf8')
  const used = new Set(
    filesEndingIn('.tsx').flatMap(({ text }) =>
      [...text.matchAll(/import \{([^}]*)\} from 'lucide-react'/g)].flatMap(([, names = '']) =>
        names.split(','),
      ),
    ),
  )
  const pointing = [...used]
    .map((name) => name.trim().split(' ')[0] ?? '')
    .filter((name) =>
      /Left|Right|Forward|Back(?!ground)|Log(In|Out)|Send|Undo|Redo|Reply|Indent|ExternalLink/.test(name),
    )
    .filter((name) => !keptIcons.has(name))
  expect(pointing.length).toBeGreaterThan(3)
  for (const name of pointing) {
    expect(base).toContain(`.lucide-${name.replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase()}`)
  }
})
