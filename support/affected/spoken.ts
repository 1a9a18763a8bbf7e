import ts from 'typescript'

/** Stands in a text for what is put in when it runs. */
export const computed = '…'

/** What a piece of source says, when it runs. */
export interface Spoken {
  /** Every text in it, paths joined; but what an error says of itself, which is read and not run. */
  readonly texts: readonly string[]
  /** What it loads when it comes to that, as written. */
  readonly requires: readonly string[]
  /** Whether it also loads something by a name that it computes. */
  readonly loadsComputed: boolean
}

/** Fields of support/errors.ts and of the gate's findings. */
const account = new Set(['attempted', 'expected', 'got', 'lastSeen', 'next', 'repeat', 'what', 'mend'])

/** What some pieces of source say together. */
export function spokenIn(nodes: readonly ts.Node[]): Spoken {
  const texts: string[] = []
  const requires: string[] = []
  let loadsComputed = false
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return
    if (ts.isPropertyAssignment(node) && isOnlyRead(node.name.getText())) return
    if (ts.isCallExpression(node) && isLoad(node)) {
      const [name] = node.arguments
      if (name && ts.isStringLiteralLike(name)) requires.push(name.text)
      else loadsComputed = true
    }
    texts.push(...textsOf(node))
    ts.forEachChild(node, visit)
  }
  nodes.forEach(visit)
  return { texts, requires, loadsComputed }
}

/** What an account says, and as whom somebody logs in: `NATS_USER: 'restore'` runs no `restore`. */
function isOnlyRead(property: string): boolean {
  return account.has(property) || /USER$/.test(property)
}

function isLoad({ expression }: ts.CallExpression): boolean {
  if (expression.kind === ts.SyntaxKind.ImportKeyword) return true
  return ts.isIdentifier(expression) && expression.text === 'require'
}

function textsOf(node: ts.Node): string[] {
  if (ts.isStringLiteralLike(node)) return [node.text]
  if (ts.isTemplateExpression(node)) {
    return [node.head.text + node.templateSpans.map(({ literal }) => computed + literal.text).join('')]
  }
  if (!ts.isCallExpression(node) || !/(^|\.)(join|resolve)$/.test(node.expression.getText())) return []
  const parts = node.arguments.map((part) => (ts.isStringLiteralLike(part) ? part.text : computed))
  // What a path begins with is the checkout, or a folder of the machine; what it ends with may be a folder.
  return [`${parts.join('/')}/`.replace(new RegExp(`^(${computed}/)+`), '')]
}
