import { copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { HarnessMisused } from '../errors'
import { exitCodes } from '../gate/verdict'
import { paths } from '../lab/home'
import { contentsNow, sha256Of } from '../report/files-now'
import type { GateFile } from '../report/gate-file'
import { fields, integer, list, readBy, type Schema, text } from '../schema'
import { flakeTable } from './flake-table'

const folder = join(paths.reports, 'repeat')
const file = join(folder, 'series.json')
const runbooks = ['features/**']

/** What a run leaves that is kept of each. */
const kept = ['gate.json', 'messages.ndjson', 'index.html'] as const

/** One run of a series, as it ended. */
interface Ended {
  readonly order: string
  readonly exitCode: number
}

interface SeriesFile {
  /** sha256 of the files that were run: runs of two texts prove nothing together. */
  readonly files: string
  readonly args: readonly string[]
  readonly runs: readonly Ended[]
}

const seriesSchema = fields({
  files: text,
  args: list(text),
  runs: list(fields({ order: text, exitCode: integer })),
})

/** What the flake table reads of each run. */
const gateSchema = fields({
  counts: fields({ passed: integer, total: integer }),
  scenarios: list(fields({ address: text, attempts: integer })),
})

/** Interrupted, or refused before it began: the next one would be too. */
export function endsSeries(exitCode: number): boolean {
  return exitCode >= 128 || exitCode === exitCodes.misuse
}

/** The same runbooks, run again and again: what each run left is kept under reports/repeat/, and the flake table of all. */
export class Series {
  private constructor(
    private readonly contents: ReadonlyMap<string, string>,
    private readonly args: readonly string[],
    private readonly runs: Ended[],
  ) {}

  /** A new series; what an earlier one left is removed. */
  static begin(args: readonly string[]): Series {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
    return new Series(contentsNow(runbooks), args, [])
  }

  /**
   * The last series, without a run that was interrupted or refused.
   *
   * @throws HarnessMisused when there is none, its file is damaged, or it is of other files or arguments than now
   */
  static goOn(args: readonly string[]): Series {
    const was = readKept<SeriesFile>(seriesSchema, file)
    const contents = contentsNow(runbooks)
    if (was.files !== sha256Of(contents)) throw unusable('the files of the checkout are not what they were')
    if (was.args.join(' ') !== args.join(' ')) {
      throw unusable(`it was of ${was.args.join(' ') || 'every runbook'}`)
    }
    return new Series(
      contents,
      args,
      was.runs.filter(({ exitCode }) => !endsSeries(exitCode)),
    )
  }

  /** How many runs there were. */
  get length(): number {
    return this.runs.length
  }

  get exitCodes(): readonly number[] {
    return this.runs.map(({ exitCode }) => exitCode)
  }

  /** Forgets what the last run left in reports/, so that a run that leaves nothing isn't taken for it. */
  clear(): void {
    for (const name of kept) rmSync(join(paths.reports, name), { force: true })
  }

  /**
   * Has the series end where what its runs are of was edited under them: nobody knows which text the last one ran, so it isn't
   * to be added, and the next one would be of another.
   *
   * @throws HarnessMisused naming the files
   */
  refuseEdited(): void {
    const now = contentsNow(runbooks)
    const names = new Set([...this.contents.keys(), ...now.keys()])
    const edited = [...names].filter((name) => now.get(name) !== this.contents.get(name))
    if (edited.length === 0) return
    throw new HarnessMisused('RBK_SERIES_EDITED', {
      attempted: `The series ends with run ${this.length + 1}: what it runs was edited meanwhile, and runs of two texts prove nothing together`,
      got: edited.join('\n'),
      next: 'Begin a new one; or take the edit back, and go on with the runs before it: --rerun beside --repeat.',
    })
  }

  /** Keeps what a run left. @returns whether it left a verdict */
  add(order: string, exitCode: number): boolean {
    this.runs.push({ order, exitCode })
    for (const name of kept) {
      const left = join(paths.reports, name)
      rmSync(this.place(this.length, name), { force: true })
      if (existsSync(left)) copyFileSync(left, this.place(this.length, name))
    }
    const { args, runs } = this
    const files = sha256Of(this.contents)
    writeFileSync(file, `${JSON.stringify({ files, args, runs } satisfies SeriesFile, undefined, 2)}\n`)
    const { table } = this
    if (table !== undefined) writeFileSync(join(folder, 'flakes.md'), table)
    return existsSync(this.place(this.length, 'gate.json'))
  }

  /** The flake table, undefined when no run left a verdict on any procedure. */
  get table(): string | undefined {
    const judged = this.runs
      .flatMap(({ order }, index) => {
        const gate = this.place(index + 1, 'gate.json')
        return existsSync(gate) ? [{ order, gate: readKept<GateFile>(gateSchema, gate) }] : []
      })
      // One that was refused before any procedure would agree with every other.
      .filter(({ gate }) => gate.counts.total > 0)
    return judged.length === 0 ? undefined : flakeTable(judged)
  }

  private place(run: number, name: string): string {
    return join(folder, `${run}-${name}`)
  }
}

function readKept<T>(schema: Schema, place: string): T {
  return readBy<T>(schema, place, `reports/repeat/${basename(place)}`, unusable)
}

function unusable(got: string): HarnessMisused {
  return new HarnessMisused('RBK_NO_SERIES', {
    attempted: 'The last series of runs can’t be gone on with',
    got,
    next: 'Begin a new one, without --rerun.',
  })
}
