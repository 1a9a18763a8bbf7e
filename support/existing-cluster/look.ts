import { textOf } from '../shell/command-result'
import { runBlock } from '../shell/run-block'
import type { Toolbox } from '../shell/toolbox'

/** How long a look at a real site's archives may take, in milliseconds. */
const lookMs = 10 * 60_000

/** What a look came to. */
export interface Looked {
  readonly exitCode: number | null
  /** On standard output: what was asked for, without what tools say beside it. */
  readonly printed: string
  /** On both, for a person. */
  readonly all: string
}

/** A look from the toolbox that isn't part of the runbook. */
export async function looked(toolbox: Toolbox, script: string): Promise<Looked> {
  const result = await runBlock(toolbox, script, { deadline: { name: 'a look', ms: lookMs } })
  return { exitCode: result.exitCode, printed: textOf(result, 'stdout'), all: textOf(result) }
}
