import { dirname, join } from 'node:path/posix'
import ts from 'typescript'
import { type Spoken, spokenIn } from './spoken'
import type { Tree } from './tree'

/** A module that is loaded with another. */
export interface Import {
  readonly path: string
  /** The names that it gives; none, if it is loaded for what it does. */
  readonly names: readonly string[]
}

/** What a module of ours loads and says, as far as its source tells. */
export interface SourceModule extends Spoken {
  readonly source: ts.SourceFile
  /** Types are gone when it runs, and are none. */
  readonly imports: readonly Import[]
}

const endings = ['', '.ts', '.tsx', '.cjs', '.js', '/index.ts']

/** Whether a file is a module of the harness. */
export function isModule(path: string): boolean {
  return /^(steps|support)\/.*\.(ts|tsx|cjs|js)$|^cucumber\.js$/.test(path)
}

/** Reads a module, without running it. */
export function readModule(path: string, tree: Tree): SourceModule {
  const source = ts.createSourceFile(path, tree.text(path), ts.ScriptTarget.Latest, true)
  const imports = source.statements.flatMap((statement) => {
    const from = loadedBy(statement)
    const module = from === undefined ? undefined : resolved(path, from, tree)
    return module === undefined ? [] : [{ path: module, names: namesOf(statement) }]
  })
  return { source, imports, ...spokenIn([source]) }
}

/** The module that a name leads to; nothing for a library. */
export function resolved(from: string, name: string, tree: Tree): string | undefined {
  if (!name.startsWith('.')) return undefined
  const place = join(dirname(from), name)
  return endings.map((ending) => place + ending).find((path) => tree.has(path))
}

/** What a statement loads when the module is loaded: imports of types leave nothing to load. */
function loadedBy(statement: ts.Statement): string | undefined {
  if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return undefined
  const { moduleSpecifier } = statement
  if (!moduleSpecifier || !ts.isStringLiteral(moduleSpecifier) || isErased(statement)) return undefined
  return moduleSpecifier.text
}

function isErased(statement: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(statement)) return statement.isTypeOnly
  const { importClause: clause } = statement
  if (!clause || clause.isTypeOnly) return clause !== undefined
  const { name, namedBindings } = clause
  if (name || !namedBindings || !ts.isNamedImports(namedBindings)) return false
  return namedBindings.elements.length > 0 && namedBindings.elements.every(({ isTypeOnly }) => isTypeOnly)
}

function namesOf(statement: ts.Statement): string[] {
  const clause = ts.isImportDeclaration(statement) ? statement.importClause : undefined
  const { name, namedBindings } = clause ?? {}
  const several = namedBindings && ts.isNamedImports(namedBindings) ? [...namedBindings.elements] : []
  const whole = namedBindings && ts.isNamespaceImport(namedBindings) ? [namedBindings.name] : []
  return [...(name ? [name] : []), ...whole, ...several.map((each) => each.name)].map(({ text }) => text)
}
