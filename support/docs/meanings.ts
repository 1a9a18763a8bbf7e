import ts from 'typescript'
import { checkout } from '../lab/home'

/** One step definition, as its source has it. */
export interface StepSource {
  /** Relative to the checkout. */
  readonly file: string
  readonly line: number
  /** As cucumber has it: "the Job {string} completes". */
  readonly pattern: string
  /** The calls of the World's verbs in its body: "backups.jobCompletes(name)". */
  readonly calls: readonly string[]
  /** What the first of them says of itself, in its docstring's first sentence; empty when it says nothing. */
  readonly meaning: string
}

/**
 * What each step means: the docstring of the World's verb that it calls. A step is one verb, so the verb's docstring is
 * the step's, and there is no second place to keep true.
 *
 * @param files the step definitions, as absolute paths
 */
export function stepSources(files: readonly string[]): StepSource[] {
  const config = ts.readConfigFile(`${checkout}/tsconfig.json`, ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, checkout)
  const program = ts.createProgram(files, options)
  const checker = program.getTypeChecker()
  return files.flatMap((file) => {
    const source = program.getSourceFile(file)
    return source ? definitionsIn(source, checker) : []
  })
}

function definitionsIn(source: ts.SourceFile, checker: ts.TypeChecker): StepSource[] {
  return source.statements.flatMap((statement) => {
    const call = ts.isExpressionStatement(statement) ? statement.expression : undefined
    if (!call || !ts.isCallExpression(call) || !/^(Given|When|Then)$/.test(call.expression.getText()))
      return []
    const calls = callsIn(call)
    const [pattern] = call.arguments
    return {
      file: source.fileName.slice(checkout.length + 1),
      line: source.getLineAndCharacterOfPosition(call.getStart()).line + 1,
      pattern: pattern && ts.isStringLiteralLike(pattern) ? pattern.text : '',
      calls: calls.map((each) => each.getText().slice('this.'.length)),
      meaning: calls[0] ? firstSentence(docstring(calls[0], checker)) : '',
    }
  })
}

/** Calls of the form `this.noun.verb(...)`. */
function callsIn(node: ts.Node): ts.CallExpression[] {
  const found: ts.CallExpression[] = []
  const visit = (each: ts.Node): void => {
    if (ts.isCallExpression(each) && /^this(\.\w+)+$/.test(each.expression.getText())) found.push(each)
    ts.forEachChild(each, visit)
  }
  visit(node)
  return found
}

function docstring({ expression }: ts.CallExpression, checker: ts.TypeChecker): string {
  const verb = ts.isPropertyAccessExpression(expression) ? expression.name : expression
  const symbol = checker.getSymbolAtLocation(verb)
  return ts.displayPartsToString(symbol?.getDocumentationComment(checker) ?? [])
}

function firstSentence(text: string): string {
  const [sentence = ''] = text.replaceAll(/\s+/g, ' ').split(/(?<=[.:])\s+(?=[A-Z])/)
  return sentence.trim().replace(/:$/, '.')
}
