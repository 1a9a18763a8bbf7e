import type { TestStepResult } from '@cucumber/messages'
import { seenIn } from '../report/account'
import { commandsOf, faultsOf } from '../report/commands'
import { isKnownDefect } from '../report/exhibit'
import { messageOfResult } from '../report/message-of-result'
import type { Attempt, AttemptStep } from '../report/record'
import { judgeBlocks } from './judge-blocks'
import { type Judgement, worst } from './verdict'

/**
 * The verdict of one attempt at a scenario. Passing has to be shown: every step passed, every published block ran
 * as published, every non-zero exit was claimed, every fault was proven in force and proven healed.
 */
export function judgeAttempt(attempt: Attempt): Judgement {
  const judgement = withoutDefects(attempt)
  const defect = attempt.pickle.tags.find(({ name }) => isKnownDefect(name))
  if (!defect) return judgement
  const against = againstDefect(judgement, defect.name, attempt)
  return against.verdict === 'known defect' ? (beside(attempt) ?? against) : against
}

function withoutDefects(attempt: Attempt): Judgement {
  const misuse = unrunnable(attempt)
  if (misuse) return misuse
  const said = verdicts(attempt)
  const seen = said.length > 0 ? said : [...unreadable(attempt), ...failures(attempt.steps)]
  if (seen.length > 0) return worst(seen)
  return (
    incomplete(attempt) ??
    worst([...judgeBlocks(attempt, attempt.steps), ...faults(attempt), ...cutOffs(attempt)])
  )
}

/**
 * What went wrong beside the failure of a step. Where that's red it tells the most, and the rest may wait; a known defect is
 * green, and answers for that failure alone.
 */
function beside(attempt: Attempt): Judgement | undefined {
  const hooks = attempt.steps.filter((step) => !step.pickleStep)
  const ran = attempt.steps.filter(
    (step) => step.result?.status === 'PASSED' || commandsOf(attempt, step).length > 0,
  )
  const seen = [
    ...verdicts(attempt),
    ...unreadable(attempt),
    ...failures(attempt.steps),
    ...unfinished(attempt),
    ...judgeBlocks(attempt, ran),
    ...faults(attempt),
  ]
  const others = [...failures(hooks), ...seen.filter(({ verdict }) => verdict !== 'failed')]
  return others.length > 0 ? worst(others) : undefined
}

function unrunnable(attempt: Attempt): Judgement | undefined {
  const steps = attempt.steps.filter((step) => step.pickleStep)
  if (steps.length === 0) {
    return {
      verdict: 'misuse',
      code: 'RBK_EMPTY_SCENARIO',
      message: 'The scenario has no steps, so it shows nothing.',
    }
  }
  const said = {
    UNDEFINED: 'is not defined',
    AMBIGUOUS: 'matches several definitions',
    PENDING: 'is not written yet',
  }
  for (const step of steps) {
    const status = step.result?.status
    if (status !== 'UNDEFINED' && status !== 'AMBIGUOUS' && status !== 'PENDING') continue
    return {
      verdict: 'misuse',
      code: `RBK_STEP_${status}`,
      message: `Step “${step.pickleStep?.text}” ${said[status]}.`,
    }
  }
  return undefined
}

/** What the After hook says: it has seen more than the error, such as a fault that wasn't in force. */
function verdicts(attempt: Attempt): Judgement[] {
  return attempt.steps.flatMap((step) =>
    step.attached.flatMap((each): Judgement[] => {
      if (each.kind !== 'verdict') return []
      const { verdict, code, message } = each.value
      const known = verdict === 'failed' || verdict === 'misuse' || verdict === 'inconclusive'
      return [{ verdict: known ? verdict : 'inconclusive', code, message }]
    }),
  )
}

function unreadable(attempt: Attempt): Judgement[] {
  return attempt.steps.flatMap((step) =>
    step.attached.flatMap((each): Judgement[] => {
      if (each.kind !== 'unreadable') return []
      return [
        {
          verdict: 'inconclusive',
          code: 'RBK_UNREADABLE',
          message: `An attachment is not valid ${each.mediaType}.`,
        },
      ]
    }),
  )
}

function failures(steps: readonly AttemptStep[]): Judgement[] {
  return steps.flatMap((step) => (step.result?.status === 'FAILED' ? [failure(step, step.result)] : []))
}

/** Without the After hook's word, the class of the error tells whose fault it is; else a hook is the lab's, a step the runbook's. */
function failure(step: AttemptStep, result: TestStepResult): Judgement {
  const message = messageOfResult(result) ?? 'It failed without a message.'
  if (isSilentNats(result)) {
    const told = `NATS did not answer when the harness looked (${message.trim()}), so nothing was learnt.`
    return { verdict: 'inconclusive', code: 'RBK_NATS_SILENT', message: told }
  }
  if (isForbidden(result)) {
    const told = `Kubernetes lets the harness not look (${message.trim()}), so nothing was learnt.`
    return { verdict: 'inconclusive', code: 'RBK_FORBIDDEN', message: told }
  }
  return (familyOf(result) ?? step.pickleStep)
    ? { verdict: familyOf(result) ?? 'failed', code: 'RBK_STEP_FAILED', message }
    : { verdict: 'inconclusive', code: 'RBK_HOOK_FAILED', message }
}

/** The client library's error for no answer at all; a refusal ("stream not found") is an answer, and is judged. */
function isSilentNats({ exception, message = '' }: TestStepResult): boolean {
  if (exception?.type !== 'NatsError') return false
  return /^(NatsError: )?(TIMEOUT|503|CONNECTION_\w+|DISCONNECT)\b/.test(exception.message ?? message)
}

/** What the harness asks for itself and may not have, by the rights of its user; a block that is refused fails as a command. */
function isForbidden({ exception, message = '' }: TestStepResult): boolean {
  return exception?.type === 'Refused' && /is forbidden: User ".*" cannot /.test(exception.message ?? message)
}

/** The verdict that goes with one of our three families of errors (support/errors.ts). */
export function familyOf(result: TestStepResult): 'failed' | 'inconclusive' | 'misuse' | undefined {
  const families = { RunbookFailed: 'failed', LabBroken: 'inconclusive', HarnessMisused: 'misuse' } as const
  const type = result.exception?.type
  return type !== undefined && type in families ? families[type as keyof typeof families] : undefined
}

function unfinished({ finishedAt }: Attempt): Judgement[] {
  if (finishedAt !== undefined) return []
  const message = 'The run ended before the scenario did.'
  return [{ verdict: 'inconclusive', code: 'RBK_UNFINISHED', message }]
}

function incomplete(attempt: Attempt): Judgement | undefined {
  const [cutShort] = unfinished(attempt)
  if (cutShort) return cutShort
  const step = attempt.steps.find((each) => each.result?.status !== 'PASSED')
  if (!step) return undefined
  const what = step.pickleStep ? `Step “${step.pickleStep.text}”` : 'A hook'
  return {
    verdict: 'inconclusive',
    code: 'RBK_SKIPPED',
    message: `${what} did not run, so it shows nothing.`,
  }
}

function faults(attempt: Attempt): Judgement[] {
  const seen = faultsOf(attempt)
  if (seen.length === 0 && isTagged(attempt, '@degraded')) {
    const message = 'It is @degraded, and no fault was brought about: what it shows may hold under none.'
    return [{ verdict: 'inconclusive', code: 'RBK_FAULT_MISSING', message }]
  }
  return seen.flatMap((fault): Judgement[] => {
    const missing = Number.isNaN(Date.parse(fault.inForceAt))
      ? 'in force'
      : fault.healedAt && fault.provenHealedAt
        ? undefined
        : 'healed'
    if (!missing) return []
    const message = `The fault “${fault.name}” was never proven ${missing}.`
    return [{ verdict: 'inconclusive', code: 'RBK_FAULT_UNPROVEN', message }]
  })
}

/** A page says of what is @interruptible that it can be pasted again, so that has to have been done. */
function cutOffs(attempt: Attempt): Judgement[] {
  if (!isTagged(attempt, '@interruptible')) return []
  const told = attempt.steps.flatMap(({ attached }) =>
    attached.flatMap((each) => (each.kind === 'cutoffs' ? [each.value] : [])),
  )
  if (told.some(({ behindLines, leftOut }) => behindLines.length > 0 || leftOut !== undefined)) return []
  const message =
    'It is @interruptible, and no block of it was cut off: that takes a block of two commands that don’t stand in one loop or subshell. Take the tag away.'
  return [{ verdict: 'misuse', code: 'RBK_NOT_CUT_OFF', message }]
}

function isTagged({ pickle }: Attempt, tag: string): boolean {
  return pickle.tags.some(({ name }) => name === tag)
}

/** “Fails exactly as its linked defect says”: the scenario's prose holds a line `**Fails with** <text of the failure>`. */
function againstDefect(judgement: Judgement, tag: string, attempt: Attempt): Judgement {
  if (judgement.verdict === 'passed') {
    return {
      verdict: 'failed',
      code: 'RBK_DEFECT_GONE',
      message: `It passes, so ${tag} is out of date: take the tag away.`,
    }
  }
  if (judgement.verdict !== 'failed') return judgement
  const [, said] = /^\s*\*\*Fails with:?\*\*:?\s*(.+?)\s*$/m.exec(attempt.description) ?? []
  const text = said?.replace(/^["“`](.*)["”`]$/, '$1')
  if (!text) {
    const message = `${tag} does not say how it fails: add a line “**Fails with** <text of the failure>” under the title.`
    return { verdict: 'misuse', code: 'RBK_DEFECT_UNDESCRIBED', message }
  }
  const seen = failures(attempt.steps).map((each) => seenIn(each.message ?? ''))
  const output = attempt.steps.flatMap((step) =>
    commandsOf(attempt, step).map((command) => command.output.map((part) => part.text).join('')),
  )
  if ([seenIn(judgement.message ?? ''), ...seen, ...output].some((each) => each.includes(text))) {
    return { verdict: 'known defect', code: tag, message: judgement.message ?? text }
  }
  const message = `It fails, but not as ${tag} says (“${text}”): ${judgement.message}`
  return { verdict: 'failed', code: 'RBK_DEFECT_DIFFERS', message }
}
