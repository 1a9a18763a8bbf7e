import type { Command, ScenarioReport } from './model'

/** What an operator compares with what is seen: words that a command prints, or a state of the system. */
export interface Expectation {
  /** `prints` and `fails with` go with the very words. */
  readonly kind: 'prints' | 'fails with' | 'then'
  readonly text: string
}

/** A part of a procedure as an operator goes through it: perhaps something to wait for, a block, what to expect of it. */
export interface Part {
  /** What happens before it that is nobody's command: "S3 answers again". */
  readonly meanwhile: readonly string[]
  /** Absent for what is true without a command, as on a card of facts. */
  readonly command?: Command
  readonly expected: readonly Expectation[]
}

/** A procedure without what only the harness does: its faults and data, and what it counts in its own lab. */
export interface Procedure {
  /** What the harness has set up, and an operator has to do first. */
  readonly needs: readonly Prerequisite[]
  readonly parts: readonly Part[]
}

/** Something that another procedure of these runbooks does. */
export interface Prerequisite {
  readonly name: string
  /** Of the procedure. */
  readonly address: string
}

/** By the step that says it. */
const prerequisites: Readonly<Record<string, Prerequisite>> = {
  'the backup shell is open': { name: 'the backup shell', address: 'backup-content.1.1' },
}

/** Reads a scenario as an operator does. */
export function procedureOf({ steps }: Pick<ScenarioReport, 'steps'>): Procedure {
  const needs: Prerequisite[] = []
  const parts: { meanwhile: string[]; command?: Command; expected: Expectation[] }[] = []
  let keyword = 'Given'
  let meanwhile: string[] = []
  for (const step of steps.filter((each) => each.keyword !== 'hook')) {
    if (!/^(And|But|\*)$/.test(step.keyword)) keyword = step.keyword
    if (step.commands.length > 0) {
      for (const command of step.commands) parts.push({ meanwhile, command, expected: [] })
      meanwhile = []
    } else if (keyword === 'Given') {
      const needed = prerequisites[step.text]
      if (needed) needs.push(needed)
    } else if (keyword === 'When') meanwhile.push(step.text)
    else if (!ofTheLab.some((pattern) => pattern.test(step.text))) {
      if (meanwhile.length > 0 || parts.length === 0) parts.push({ meanwhile, expected: [] })
      meanwhile = []
      parts.at(-1)?.expected.push(expectation(step.text))
    }
  }
  if (meanwhile.length > 0) parts.push({ meanwhile, expected: [] })
  return { needs, parts }
}

/** Whether a part is there to show an error, and is followed by the cure. */
export function showsAnError({ expected }: Part): boolean {
  return expected.some(
    ({ kind, text }) =>
      kind === 'fails with' ||
      (kind === 'prints'
        ? /^(backup|restore) failed\b/.test(text)
        : /^(an attempt of )?the Job .* fails\b/.test(text)),
  )
}

/** What a block is there for, where it only shows an error: "shows the error, and mends nothing". */
export function purposeOf(part: Part): string | undefined {
  if (!showsAnError(part)) return undefined
  return `shows the error, and ${part.command?.effect.level === 'reads' ? 'changes' : 'mends'} nothing`
}

/** True in the lab alone: how many archives its data came to, and that a fault struck. */
const ofTheLab = [
  /^\d+ archives? (is|are) (on the volume|in the bucket)$/,
  /^the volume was filled while/,
  /^the leader was lost while/,
  /^the backup that was held up completes$/,
]

function expectation(text: string): Expectation {
  const [, said, double, single] =
    /^(the output shows|the command fails with) (?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')$/.exec(text) ?? []
  const words = (double ?? single)?.replaceAll(/\\(["'\\])/g, '$1')
  if (words === undefined) return { kind: 'then', text }
  return { kind: said === 'the output shows' ? 'prints' : 'fails with', text: words }
}
