import { table } from '../docs/markdown'
import { spoken } from '../report/duration'
import type { GateFile } from '../report/gate-file'
import { plural } from '../report/sentence'

/** One of several runs of the same runbooks. */
export interface RepeatedRun {
  /** `random:4711`, `defined`: with it the run can be had again. */
  readonly order: string
  readonly gate: GateFile
}

/** A procedure that didn't come to the same end each time, or not at its first attempt. */
export interface Flake {
  readonly address: string
  readonly title: string
  /** How often, by what it came to: "passed 19, failed 1". */
  readonly verdicts: ReadonlyMap<string, number>
  /** The runs in which it wasn't green at its first attempt, from 1. */
  readonly unsteadyIn: readonly number[]
}

/** What never ran in a run, because it was killed or stopped, counts as that. */
const neverRan = 'never ran'

/** The procedures on which runs don't agree, the least steady first. */
export function flakes(runs: readonly RepeatedRun[]): Flake[] {
  const titles = new Map(
    runs.flatMap(({ gate }) => gate.scenarios.map(({ address, name }) => [address, name])),
  )
  const found = [...titles].flatMap(([address, title]): Flake[] => {
    const results = runs.map(({ gate }) => gate.scenarios.find((scenario) => scenario.address === address))
    const verdicts = new Map<string, number>()
    for (const result of results) {
      const verdict = result?.verdict ?? neverRan
      verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1)
    }
    const [usual] = [...verdicts].toSorted(([, one], [, other]) => other - one)
    const unsteadyIn = results.flatMap((result, index) =>
      result && result.verdict === usual?.[0] && result.attempts === 1 ? [] : [index + 1],
    )
    return unsteadyIn.length === 0 ? [] : [{ address, title, verdicts, unsteadyIn }]
  })
  return found.toSorted((one, other) => other.unsteadyIn.length - one.unsteadyIn.length)
}

/** The flake table, as Markdown: the runs, and what they don't agree on. */
export function flakeTable(runs: readonly RepeatedRun[]): string {
  const found = flakes(runs)
  const verdict = found.length === 0 ? 'the same verdicts, no flake' : plural(found.length, 'flake')
  const steady = runs.map(({ order, gate }, index) => {
    const { passed, total, 'known defect': defects } = gate.counts
    return [`${index + 1}`, order, gate.verdict, `${passed + defects} of ${total} green`, took(gate)]
  })
  const unsteady = found.map(({ address, title, verdicts, unsteadyIn }) => {
    const counted = [...verdicts].map(([verdict, times]) => `${verdict} ${times}`).join(', ')
    const where = unsteadyIn.map((run) => `${run} (--order ${runs[run - 1]?.order})`).join(', ')
    return [address, title, counted, where]
  })
  return `${[
    `# ${plural(runs.length, 'run')}: ${verdict}`,
    table(['Run', 'Order', 'Verdict', 'Procedures', 'Took'], steady),
    ...(found.length === 0 ? [] : [table(['Procedure', 'Title', 'Came to', 'Unsteady in run'], unsteady)]),
  ].join('\n\n')}\n`
}

function took({ startedAt, finishedAt }: GateFile): string {
  return startedAt && finishedAt ? spoken(Date.parse(finishedAt) - Date.parse(startedAt)) : '-'
}
