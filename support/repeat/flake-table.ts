import type { GateFile } from '../report/gate-file'

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
  const rows = found.map(({ address, title, verdicts, unsteadyIn }) => {
    const counted = [...verdicts].map(([verdict, times]) => `${verdict} ${times}`).join(', ')
    const where = unsteadyIn.map((run) => `${run} (--order ${runs[run - 1]?.order})`).join(', ')
    return `| ${address} | ${title.replaceAll('|', '\\|')} | ${counted} | ${where} |`
  })
  return `${[
    `# ${runs.length} ${runs.length === 1 ? 'run' : 'runs'}: ${found.length === 0 ? 'the same verdicts, no flake' : `${found.length} ${found.length === 1 ? 'flake' : 'flakes'}`}`,
    '',
    '| Run | Order | Verdict | Procedures | Took |',
    '| --- | --- | --- | --- | --- |',
    ...runs.map(({ order, gate }, index) => {
      const { passed, total, 'known defect': defects } = gate.counts
      return `| ${index + 1} | ${order} | ${gate.verdict} | ${passed + defects} of ${total} green | ${took(gate)} |`
    }),
    ...(found.length === 0
      ? []
      : ['', '| Procedure | Title | Came to | Unsteady in run |', '| --- | --- | --- | --- |', ...rows]),
  ].join('\n')}\n`
}

function took({ startedAt, finishedAt }: GateFile): string {
  if (!startedAt || !finishedAt) return '-'
  const seconds = Math.round((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000)
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}
