import type { Step as GherkinStep, PickleStep } from '@cucumber/messages'
import { commandsOf, isAsPublished } from './commands'
import { effectOf } from './effect'
import { messageOfResult } from './message-of-result'
import type { Command, Step } from './model'
import type { Attempt, AttemptStep } from './record'

/** The steps of a scenario that did not run: what is written, and nothing seen. */
export function plannedSteps(written: readonly GherkinStep[], address: string): Step[] {
  const blocks = written.filter((step) => step.docString?.mediaType === 'bash')
  return written.map((step) => ({
    keyword: step.keyword.trim(),
    text: step.text,
    status: 'not run',
    ...argumentOf(step.dataTable?.rows, step.docString),
    commands:
      step.docString?.mediaType === 'bash'
        ? [commandOf(step.docString.content, `${address}.${blocks.indexOf(step) + 1}`)]
        : [],
    ...empty,
  }))
}

/**
 * The steps of an attempt. The harness's hooks are left out unless they have something to say, and evidence
 * that a clean-up hook gathered is shown where the reader looks for it: at the step that failed.
 */
export function ranSteps(attempt: Attempt, written: readonly GherkinStep[], address: string): Step[] {
  // By their order: another run of the same text has other ids.
  const pickleSteps = attempt.steps.filter((step) => step.pickleStep)
  const firstStep = attempt.steps.findIndex((step) => step.pickleStep)
  let blocks = 0
  const steps = attempt.steps.map((step, index): Step => {
    const commands = commandsFor(attempt, step).map((command) => {
      blocks += 1
      return commandOf(command.script, `${address}.${blocks}`, command.ran)
    })
    const keyword = step.pickleStep ? (written[pickleSteps.indexOf(step)]?.keyword.trim() ?? '') : 'hook'
    const text = step.pickleStep?.text ?? (index < firstStep ? 'Set-up' : 'Clean-up')
    return { keyword, text, ...outcome(step), ...argument(step.pickleStep), commands, ...attachments(step) }
  })
  return gathered(steps).filter((step) => step.keyword !== 'hook' || speaks(step))
}

const empty = { evidence: [], ledgers: [], measures: [], texts: [] } as const

function commandOf(script: string, address: string, ran?: Command['ran']): Command {
  return { address, script, effect: effectOf(script), ...(ran ? { ran } : {}) }
}

function commandsFor(attempt: Attempt, step: AttemptStep): { script: string; ran?: Command['ran'] }[] {
  const ran = commandsOf(attempt, step)
  const block = step.pickleStep?.argument?.docString
  if (ran.length === 0 && block?.mediaType === 'bash') return [{ script: block.content }]
  return ran.map((command) => {
    const published = block && isAsPublished(command, block.content)
    return { script: published ? block.content : command.script, ran: command }
  })
}

const statuses: Readonly<Record<string, Step['status']>> = {
  PASSED: 'passed',
  FAILED: 'failed',
  SKIPPED: 'skipped',
  UNDEFINED: 'misuse',
  AMBIGUOUS: 'misuse',
  PENDING: 'misuse',
}

function outcome(step: AttemptStep): Pick<Step, 'status' | 'startedAt' | 'durationMs' | 'message'> {
  const status = statuses[step.result?.status ?? ''] ?? 'not run'
  const failed = status === 'failed' && step.result ? messageOfResult(step.result) : undefined
  const message = status === 'misuse' ? step.result?.status.toLowerCase() : failed
  return {
    status,
    ...(message === undefined ? {} : { message }),
    ...(step.startedAt === undefined ? {} : { startedAt: new Date(step.startedAt).toISOString() }),
    ...(step.startedAt === undefined || step.finishedAt === undefined
      ? {}
      : { durationMs: step.finishedAt - step.startedAt }),
  }
}

function argument(step: PickleStep | undefined): Pick<Step, 'table' | 'note'> {
  return argumentOf(step?.argument?.dataTable?.rows, step?.argument?.docString)
}

function argumentOf(
  rows: readonly { readonly cells: readonly { readonly value: string }[] }[] | undefined,
  docString: { readonly mediaType?: string; readonly content: string } | undefined,
): Pick<Step, 'table' | 'note'> {
  return {
    ...(rows ? { table: rows.map((row) => row.cells.map((cell) => cell.value)) } : {}),
    ...(docString && docString.mediaType !== 'bash' ? { note: docString.content } : {}),
  }
}

function attachments(step: AttemptStep): Pick<Step, keyof typeof empty | 'cutOffBehind'> {
  const lines = step.attached.flatMap((each) => (each.kind === 'cutoffs' ? each.value.behindLines : []))
  return {
    ...(lines.length > 0 ? { cutOffBehind: lines } : {}),
    evidence: step.attached.flatMap((each) => (each.kind === 'evidence' ? [each.value] : [])),
    ledgers: step.attached.flatMap((each) => (each.kind === 'ledger' ? [each.value] : [])),
    measures: step.attached.flatMap((each) => (each.kind === 'measure' ? [each.value] : [])),
    texts: step.attached.flatMap((each) =>
      each.kind === 'text' ? [{ name: each.name, text: each.text }] : [],
    ),
  }
}

function gathered(steps: readonly Step[]): Step[] {
  const place = steps.find(
    (step) => step.keyword !== 'hook' && (step.status === 'failed' || step.status === 'misuse'),
  )
  if (!place) return [...steps]
  const late = steps.flatMap((step) => (step.keyword === 'hook' ? step.evidence : []))
  return steps.map((step) => {
    if (step === place) return { ...step, evidence: [...step.evidence, ...late] }
    return step.keyword === 'hook' ? { ...step, evidence: [] } : step
  })
}

function speaks(step: Step): boolean {
  const said = [step.commands, step.evidence, step.ledgers, step.measures, step.texts]
  return step.status === 'failed' || said.some((each) => each.length > 0)
}
