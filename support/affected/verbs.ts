import ts from 'typescript'
import type { Import, SourceModule } from './module'
import { type Spoken, spokenIn } from './spoken'

/** What one verb of a noun says and needs. */
export interface Verb extends Spoken {
  readonly imports: readonly Import[]
}

/**
 * What a verb of a class can come to: its own body and, by name, whatever of the class and of its module that speaks of,
 * and so on. Two things of one name are both taken.
 *
 * @returns undefined when that can't be told: the class has no such verb, or is built on another
 */
export function verbOf(module: SourceModule, className: string, verb: string): Verb | undefined {
  const { source, imports } = module
  const made = source.statements.find(
    (each): each is ts.ClassDeclaration => ts.isClassDeclaration(each) && each.name?.text === className,
  )
  if (!made || made.heritageClauses?.some(({ token }) => token === ts.SyntaxKind.ExtendsKeyword))
    return undefined
  if (!made.members.some((member) => nameOf(member) === verb)) return undefined
  // What has no name happens when the module is loaded, or the noun is made: always.
  const parts = [
    ...made.members,
    ...source.statements.filter((each) => each !== made && !isImport(each)).flatMap(apart),
  ]
  const always = parts.filter((part) => nameOf(part) === undefined || ts.isPropertyDeclaration(part))
  const names = new Set([verb, ...always.flatMap(identifiersIn)])
  for (const name of names) {
    for (const part of parts.filter((each) => nameOf(each) === name)) {
      for (const word of identifiersIn(part)) names.add(word)
    }
  }
  const taken = parts.filter((part) => always.includes(part) || names.has(nameOf(part) ?? ''))
  if (taken.some(asksByComputedName)) return undefined
  const needed = imports.filter(
    (each) => each.names.length === 0 || each.names.some((name) => names.has(name)),
  )
  return { imports: needed, ...spokenIn(taken) }
}

/** Each variable of a statement that declares several. */
function apart(statement: ts.Statement): readonly ts.Node[] {
  return ts.isVariableStatement(statement) ? statement.declarationList.declarations : [statement]
}

function isImport(statement: ts.Statement): boolean {
  return ts.isImportDeclaration(statement)
}

function nameOf(node: ts.Node): string | undefined {
  const isNamed =
    ts.isMethodDeclaration(node) ||
    ts.isAccessor(node) ||
    ts.isPropertyDeclaration(node) ||
    ts.isVariableDeclaration(node) ||
    ts.isFunctionDeclaration(node) ||
    ts.isClassDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node)
  const { name } = isNamed ? node : {}
  return name && (ts.isIdentifier(name) || ts.isPrivateIdentifier(name)) ? name.text : undefined
}

function identifiersIn(node: ts.Node): string[] {
  const own = ts.isIdentifier(node) || ts.isPrivateIdentifier(node) ? [node.text] : []
  const inside: string[] = []
  ts.forEachChild(node, (child) => void inside.push(...identifiersIn(child)))
  return [...own, ...inside]
}

/** `this[name]()` may be any verb. */
function asksByComputedName(node: ts.Node): boolean {
  if (ts.isElementAccessExpression(node) && node.expression.kind === ts.SyntaxKind.ThisKeyword) return true
  return ts.forEachChild(node, (child) => asksByComputedName(child) || undefined) ?? false
}
