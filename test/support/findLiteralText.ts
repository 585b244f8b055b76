import ts from 'typescript'

/** Text for a person that stands in the source instead of in the catalogues. */
export interface LiteralText {
  readonly line: number
  readonly text: string
}

/** Attributes and properties whose value a person reads or hears. */
const spokenNames =
  /^(aria-(label|description|roledescription|valuetext|placeholder)|alt|title|placeholder|label|hint|error|body|heading|tooltip|caption|summary|\w+(Label|Title|Hint|Placeholder))$/

/**
 * Finds text with letters in it that a person would read: between tags, in what an expression between tags comes to, and in
 * attributes and properties that are read out or shown. Keys of the catalogue are arguments of calls, so they are no text.
 */
export function findLiteralText(path: string, source: string): readonly LiteralText[] {
  const kind = path.endsWith('.tsx') ? ts.ScriptKind.TSX : ts.ScriptKind.TS
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true, kind)
  const found: LiteralText[] = []
  const add = (node: ts.Node, text: string): void => {
    if (!/\p{L}/u.test(text)) return
    const { line } = file.getLineAndCharacterOfPosition(node.getStart(file))
    found.push({ line: line + 1, text: text.trim() })
  }
  const addAll = (value: ts.Node | undefined): void => {
    for (const literal of textsOf(value)) add(literal, literal.text)
  }
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node)) add(node, node.text)
    else if (ts.isJsxExpression(node) && !ts.isJsxAttribute(node.parent)) addAll(node.expression)
    else if (ts.isJsxAttribute(node) && spokenNames.test(node.name.getText(file))) {
      const value = node.initializer
      addAll(value !== undefined && ts.isJsxExpression(value) ? value.expression : value)
    } else if (ts.isPropertyAssignment(node) && spokenNames.test(nameOf(node.name))) addAll(node.initializer)
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}

function nameOf(name: ts.PropertyName): string {
  return ts.isIdentifier(name) || ts.isStringLiteral(name) ? name.text : ''
}

/** The literals that an expression may come to, or that what it comes to is put together from. */
function textsOf(node: ts.Node | undefined): readonly ts.LiteralLikeNode[] {
  if (node === undefined) return []
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return [node]
  if (ts.isTemplateExpression(node)) {
    return [node.head, ...node.templateSpans.flatMap((span) => [span.literal, ...textsOf(span.expression)])]
  }
  if (ts.isConditionalExpression(node)) return [...textsOf(node.whenTrue), ...textsOf(node.whenFalse)]
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node)) return textsOf(node.expression)
  if (ts.isArrayLiteralExpression(node)) return node.elements.flatMap(textsOf)
  if (ts.isBinaryExpression(node)) {
    const isComparison =
      node.operatorToken.getText().startsWith('=') || node.operatorToken.getText() === '!=='
    return isComparison ? [] : [...textsOf(node.left), ...textsOf(node.right)]
  }
  return []
}
