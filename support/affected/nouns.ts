import ts from 'typescript'
import { readModule, resolved } from './module'
import type { Tree } from './tree'

/** Where every noun of the World is made: the one module whose imports are looked at one by one. */
export const nounsFile = 'support/nouns.ts'

/** What a noun of the World is made of. */
export interface Noun {
  readonly name: string
  /** The class that it is one of, and the module of that; unknown, when it isn't plainly made by `new`. */
  readonly made: { readonly className: string; readonly path: string } | undefined
  /** Modules that it needs besides, by path. */
  readonly modules: readonly string[]
  /** Other nouns that it is given. */
  readonly nouns: readonly string[]
}

/** Every noun of the World; none when support/nouns.ts isn't written as it was. */
export function nounsOfWorld(tree: Tree): Noun[] {
  const { source } = readModule(nounsFile, tree)
  const makers = findMakers(source)?.properties ?? []
  const modules = importedNames(source, tree)
  const names = makers.map((maker) => maker.name?.getText(source) ?? '')
  return makers.map((maker, index) => {
    const className = classOf(maker)
    const path = className === undefined ? undefined : modules.get(className)
    const needed = new Set(identifiersIn(maker).flatMap((word) => modules.get(word) ?? []))
    if (path !== undefined) needed.delete(path)
    return {
      name: names[index] ?? '',
      made: className !== undefined && path !== undefined ? { className, path } : undefined,
      modules: [...needed],
      nouns: given(maker, names),
    }
  })
}

/** Modules that are imported beside those of the nouns: every run has them. */
export function notOfNouns(nouns: readonly Noun[], tree: Tree): string[] {
  const used = new Set(nouns.flatMap(({ made, modules }) => [...(made ? [made.path] : []), ...modules]))
  return readModule(nounsFile, tree)
    .imports.map(({ path }) => path)
    .filter((path) => !used.has(path))
}

function findMakers(source: ts.SourceFile): ts.ObjectLiteralExpression | undefined {
  const declarations = source.statements.flatMap((statement) =>
    ts.isVariableStatement(statement) ? [...statement.declarationList.declarations] : [],
  )
  const value = declarations.find(({ name }) => name.getText(source) === 'makers')?.initializer
  const object = value && ts.isSatisfiesExpression(value) ? value.expression : value
  return object && ts.isObjectLiteralExpression(object) ? object : undefined
}

function importedNames(source: ts.SourceFile, tree: Tree): ReadonlyMap<string, string> {
  return new Map(
    source.statements.flatMap((statement) => {
      if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) return []
      const path = resolved(nounsFile, statement.moduleSpecifier.text, tree)
      const bindings = statement.importClause?.namedBindings
      if (!path || !bindings || !ts.isNamedImports(bindings)) return []
      return bindings.elements.map(({ name }) => [name.text, path] as const)
    }),
  )
}

/** `Backups`, where a maker is `() => new Backups(...)` and no more. */
function classOf(maker: ts.ObjectLiteralElementLike): string | undefined {
  const make = ts.isPropertyAssignment(maker) ? maker.initializer : undefined
  const made = make && ts.isArrowFunction(make) ? make.body : undefined
  return made && ts.isNewExpression(made) && ts.isIdentifier(made.expression)
    ? made.expression.text
    : undefined
}

/** Nouns that a maker takes out of what it is given; all of them, if it keeps that whole. */
function given(maker: ts.ObjectLiteralElementLike, names: readonly string[]): string[] {
  const make = ts.isPropertyAssignment(maker) ? maker.initializer : undefined
  if (!make || !ts.isArrowFunction(make)) return [...names]
  const [parameter] = make.parameters
  if (!parameter) return []
  if (!ts.isObjectBindingPattern(parameter.name)) return [...names]
  const taken = parameter.name.elements.map(({ name, propertyName }) => (propertyName ?? name).getText())
  return taken.filter((name) => names.includes(name))
}

function identifiersIn(node: ts.Node): string[] {
  const found: string[] = []
  const visit = (each: ts.Node): void => {
    if (ts.isIdentifier(each)) found.push(each.text)
    ts.forEachChild(each, visit)
  }
  visit(node)
  return found
}
