import ts from 'typescript'
import { readModule } from './module'
import { stepPattern } from './step-pattern'
import type { Tree } from './tree'

/** A noun of the World, and the verb of it that is used; without one, any. */
export interface Use {
  readonly noun: string
  readonly verb?: string
}

/** What a step's definition says of what the step depends on. */
export interface StepDefinition {
  readonly file: string
  /** What it matches, as it is written. */
  readonly text: string
  /** Matches every step that cucumber would match with it, and maybe more. */
  readonly pattern: RegExp
  /** What it uses of the World; undefined when it hands the World on, so that it could be anything. */
  readonly uses: readonly Use[] | undefined
}

/** Definitions of one file. */
export interface StepFile {
  readonly file: string
  readonly definitions: readonly StepDefinition[]
  /** Whether there is more in it than definitions, such as a hook: that is about every scenario. */
  readonly holdsMore: boolean
}

/** Every file of step definitions. */
export function stepFiles(tree: Tree): StepFile[] {
  return tree.paths.filter((path) => /^steps\/.*\.steps\.ts$/.test(path)).map((path) => stepFile(path, tree))
}

function stepFile(file: string, tree: Tree): StepFile {
  const { source } = readModule(file, tree)
  const parts = source.statements.map((statement) => definitionOf(statement, file))
  const others = source.statements.filter((statement, index) => !parts[index] && !isSilent(statement))
  return { file, definitions: parts.filter((part) => part !== undefined), holdsMore: others.length > 0 }
}

function definitionOf(statement: ts.Statement, file: string): StepDefinition | undefined {
  const call = ts.isExpressionStatement(statement) ? statement.expression : undefined
  if (!call || !ts.isCallExpression(call) || !/^(Given|When|Then)$/.test(call.expression.getText()))
    return undefined
  return { file, ...matchedBy(call.arguments[0]), uses: usesIn(call) }
}

function matchedBy(argument: ts.Expression | undefined): Pick<StepDefinition, 'text' | 'pattern'> {
  if (argument && ts.isStringLiteralLike(argument))
    return { text: argument.text, pattern: stepPattern(argument.text) }
  const text = argument?.getText() ?? ''
  const [, body, flags] = /^\/(.*)\/(\w*)$/s.exec(text) ?? []
  // Computed: it could be any step's.
  return { text, pattern: body === undefined ? /^/ : new RegExp(body, flags) }
}

/** Declarations of types, and imports: what is imported is looked at as that of any module. */
function isSilent(statement: ts.Statement): boolean {
  return (
    ts.isImportDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement)
  )
}

/** The nouns and verbs in `this.noun.verb()`. */
function usesIn(node: ts.Node): Use[] | undefined {
  const uses: Use[] = []
  let handedOn = false
  const visit = (each: ts.Node): void => {
    if (each.kind === ts.SyntaxKind.ThisKeyword) {
      if (ts.isPropertyAccessExpression(each.parent)) uses.push(useOf(each.parent))
      else handedOn = true
    }
    ts.forEachChild(each, visit)
  }
  visit(node)
  return handedOn ? undefined : uses
}

function useOf(access: ts.PropertyAccessExpression): Use {
  const noun = access.name.text
  const { parent } = access
  return ts.isPropertyAccessExpression(parent) ? { noun, verb: parent.name.text } : { noun }
}
