/** What a scenario, or a run, came to. */
export type Verdict = 'passed' | 'failed' | 'misuse' | 'inconclusive' | 'known defect'

/** Exit code of the process for a run's verdict. */
export const exitCodes: Readonly<Record<Verdict, number>> = {
  passed: 0,
  failed: 1,
  misuse: 2,
  inconclusive: 3,
  'known defect': 0,
}

/**
 * Most telling first: a failure is a fact about the runbook whatever else went wrong beside it, and misuse is
 * something the author can mend, while an inconclusive scenario may only be its consequence.
 */
export const severity: readonly Verdict[] = ['failed', 'misuse', 'inconclusive', 'known defect', 'passed']

/** A verdict with its reason; `passed` needs none, unless nothing was run. */
export interface Judgement {
  readonly verdict: Verdict
  /** Stable name of the situation, e.g. `RBK_COMMAND_FAILED`. */
  readonly code?: string
  readonly message?: string
}

/** The most telling of some judgements; `passed` when there are none. */
export function worst(judgements: readonly Judgement[]): Judgement {
  for (const verdict of severity) {
    const found = judgements.find((judgement) => judgement.verdict === verdict)
    if (found) return found
  }
  return { verdict: 'passed' }
}
