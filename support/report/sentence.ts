import type { RunJudgement } from '../gate/judge'
import type { Verdict } from '../gate/verdict'

/** What a run came to, in a sentence for someone who doesn't know the harness. */
export function sentenceOf({
  verdict,
  counts,
  reasons,
}: Pick<RunJudgement, 'verdict' | 'counts' | 'reasons'>): string {
  const { total, passed } = counts
  switch (verdict) {
    case 'failed':
      return counts.failed === 0
        ? 'The run failed'
        : `${counts.failed} of ${plural(total, 'procedure')} failed`
    case 'misuse':
      return counts.misuse === 0
        ? `Nothing can be concluded: ${reasons[0]?.message ?? 'the run was asked for wrongly'}`
        : `${plural(counts.misuse, 'procedure')} can’t be judged as written`
    case 'inconclusive':
      return counts.inconclusive === 0
        ? 'The run says nothing: it did not get to its end'
        : `Nothing was learnt about ${counts.inconclusive} of ${plural(total, 'procedure')}`
    default:
      if (counts['known defect'] === 0)
        return total === 1 ? 'The procedure works as written' : `All ${total} procedures work as written`
      return `${plural(passed, 'procedure')} of ${total} work as written, ${counts['known defect']} fail as their defects say`
  }
}

/** The counts that aren't zero: "6 passed, 1 failed, 1 flaky". */
export function countsOf(counts: RunJudgement['counts']): string {
  return (
    countKinds(counts)
      .map((kind) => counted(counts[kind], kind))
      .join(', ') || 'none'
  )
}

/** "6 passed", "2 known defects". */
export function counted(count: number, kind: Verdict | 'flaky'): string {
  return kind === 'known defect' ? plural(count, kind) : `${count} ${kind}`
}

/** What there is any of, the worst first. */
export function countKinds(counts: RunJudgement['counts']): (Verdict | 'flaky')[] {
  const kinds: (Verdict | 'flaky')[] = ['failed', 'misuse', 'inconclusive', 'known defect', 'passed', 'flaky']
  return kinds.filter((kind) => counts[kind] > 0)
}

/** "1 procedure", "2 procedures". */
export function plural(count: number, noun: string): string {
  return count === 1 ? `1 ${noun}` : `${count} ${noun}s`
}
