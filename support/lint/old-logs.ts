import { literal } from '../literal'
import { isKnownDefect } from '../report/exhibit'
import { found, type LintFinding } from './finding'
import type { Block, Page } from './page'

/** `kubectl create job --from=cronjob/nats-backup NAME -n …`, with a name that is the same every time. */
const creation = /\bkubectl create job (?:--?[\w-]+(?:=\S+)? )*([a-z0-9][a-z0-9.-]*)(?=\s|$)/g

/**
 * Blocks that create a Job and show its log. Where a Job of that name is there, `create` says so and the pasted lines go on: the
 * log is the one of the old Job.
 */
export function oldLogFindings({ uri, scenarios, blocks }: Page): LintFinding[] {
  // What was handed over is run as it was, and shows what is wrong with it.
  if (scenarios.every(({ tags }) => tags.some(({ name }) => isKnownDefect(name)))) return []
  return blocks.flatMap((block) => jobsOf(block).flatMap((job) => oldLog(block, job, uri)))
}

function jobsOf({ shell }: Block): { readonly name: string; readonly at: number }[] {
  return [...shell.only('code').matchAll(creation)].map(({ index, 1: name = '' }) => ({ name, at: index }))
}

function oldLog(
  block: Block,
  { name, at }: { readonly name: string; readonly at: number },
  uri: string,
): LintFinding[] {
  const code = block.shell.only('code')
  const removed = new RegExp(`\\bkubectl delete job [^\\n]*(?<![\\w.-])${literal(name)}(?![\\w.-])`)
  const shows = new RegExp(`\\bkubectl logs [^\\n]*job/${literal(name)}(?![\\w.-])`)
  if (!shows.test(code) || removed.test(code.slice(0, at))) return []
  const what = `where a Job ${name} is there, the log that follows is the old one`
  const mend = `put the time into its name: JOB=${name}-$(date -u +%Y%m%d-%H%M%S), or remove it first`
  return [found('old-log', { uri, line: block.lineAt(at) }, what, mend)]
}
