import { annotate, annotation } from '../annotation'
import type { RuleName } from './rules'

/** One thing to mend before anything is run. */
export interface Finding {
  /** `file:line`, as an editor opens it. */
  readonly at: string
  readonly what: string
  readonly mend: string
  /** The rule of the lint that found it; what is wrong with the command line has none. */
  readonly rule?: RuleName
}

/** What the lint found in a file. */
export interface LintFinding extends Finding {
  readonly rule: RuleName
  readonly uri: string
  readonly line: number
  /** How `--fix` mends it; only where the line as it is can't be what was meant, and can mean one thing only. */
  readonly fix?: Fix
}

/** A line of a command block, before and after; the file's indentation is no part of it. */
export interface Fix {
  readonly from: string
  readonly to: string
}

/** Where something was found. */
export interface Spot {
  readonly uri: string
  readonly line: number
}

export function found(rule: RuleName, { uri, line }: Spot, what: string, mend: string): LintFinding {
  return { rule, uri, line, at: `${uri}:${line}`, what, mend }
}

/** Findings as they are printed: where, what and, below, how to mend it, by which rule. */
export function findingsText(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ at }) => at.length)) + 2
  return findings
    .map(({ at, what, mend, rule }) => {
      const by = rule ? `  [${rule}]` : ''
      return `${at.padEnd(width)}${what}\n${' '.repeat(width)}${mend}${by}`
    })
    .join('\n')
}

/** Shows each finding beside its line, where a job of GitHub Actions looks for them. */
export function annotateFindings(findings: readonly Finding[]): void {
  annotate(() =>
    findings.map(({ at, what, mend, rule }) =>
      annotation('error', at, rule ?? 'refused', `${what}\n${mend}`),
    ),
  )
}

/** `one thing to mend`, `3 things to mend`. */
export function counted({ length }: readonly Finding[]): string {
  return length === 1 ? 'one thing to mend' : `${length} things to mend`
}
