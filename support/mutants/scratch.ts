import { existsSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { execa } from 'execa'
import { type TrackedFile, trackedFiles } from '../checks/tracked'
import { LabBroken } from '../errors'
import { checkout, home } from '../lab/home'
import { ProcessLock } from '../process-lock'
import type { GateFile } from '../report/gate-file'
import { type ScenarioEnd, scenarioEnds } from './caught'
import { type FailedTest, failsTwice } from './fails-twice'
import { scriptTests } from './script-tests'

/** The lab in which mutants run: apart from the one that people use. */
const labName = 'mutants'

const lock = new ProcessLock(join(home, 'mutants.lock'), 'the copy for mutants')

/**
 * How long some files of tests may take, in milliseconds: they take a minute or two. Seen once: vitest, told to stop at the
 * first failure, waited for workers that were gone, and did so for ever.
 */
const longestTests = 10 * 60_000

/** What vitest writes, as far as it's read here. */
interface TestResults {
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[]
  }[]
}

/** What a run in the copy came to. */
export interface Trial {
  readonly exitCode: number | undefined
  /** How the scenarios that ran ended, by address. */
  readonly ends: ReadonlyMap<string, ScenarioEnd>
  readonly output: string
}

/** A copy of the checkout that may be broken, with a lab of its own. Its place stays, so that the lab stays warm. */
export class Scratch {
  readonly folder = join(home, 'mutants')

  /** @param scriptTests files of tests in it that run the backup's scripts, in groups that run at once */
  private constructor(private readonly scriptTests: readonly (readonly string[])[]) {}

  /**
   * Makes the copy anew, from what is tracked and what isn't ignored. It's this process's alone, to its end.
   *
   * @param waiting told once, when another run has it
   * @throws LabBroken when it still has it after two hours
   */
  static async make(waiting: (line: string) => void): Promise<Scratch> {
    process.once('exit', await lock.take({ ms: 2 * 60 * 60_000, waiting }))
    const files = trackedFiles()
    const scratch = new Scratch(scriptTests(files))
    scratch.fill(files)
    return scratch
  }

  private fill(files: readonly TrackedFile[]): void {
    rmSync(this.folder, { recursive: true, force: true })
    for (const { path, text } of files) {
      mkdirSync(dirname(join(this.folder, path)), { recursive: true })
      // Scripts stay programs: their tests start them.
      writeFileSync(join(this.folder, path), text, { mode: statSync(join(checkout, path)).mode })
    }
    mkdirSync(join(this.folder, 'reports'), { recursive: true })
    symlinkSync(join(checkout, 'node_modules'), join(this.folder, 'node_modules'))
  }

  /** Puts another text in the place of a file's. @returns a function that takes it back */
  put(file: string, text: string): () => void {
    const path = join(this.folder, file)
    const before = readFileSync(path, 'utf8')
    writeFileSync(path, text)
    return () => writeFileSync(path, before)
  }

  /** Runs some scenarios. @param places as cucumber takes them: `features/x.feature:12` */
  async run(places: readonly string[]): Promise<Trial> {
    const gate = join(this.folder, 'reports', 'gate.json')
    rmSync(gate, { force: true })
    // A procedure that is flaky must not pass for one that notices.
    const ended = await this.harness('run', '--retry', '1', ...places)
    const told = existsSync(gate)
      ? (JSON.parse(readFileSync(gate, 'utf8')) as GateFile)
      : { scenarios: [], reasons: [] }
    return { exitCode: ended.exitCode, ends: scenarioEnds(told), output: ended.all }
  }

  /**
   * Runs the tests of the backup's scripts, up to the first that fails twice.
   *
   * @returns the name of the test that failed, undefined when all passed
   * @throws LabBroken when they didn't get to run
   */
  async tests(): Promise<string | undefined> {
    for (const files of this.scriptTests) {
      const failed = await failsTwice(files, (some) => this.firstFailed(some))
      if (failed !== undefined) return failed
    }
    return undefined
  }

  private async firstFailed(files: readonly string[]): Promise<FailedTest | undefined> {
    const results = join(this.folder, 'reports', 'tests.json')
    rmSync(results, { force: true })
    const workers = `--maxWorkers=${files.length}`
    const args = ['run', '--bail', '1', workers, '--reporter=json', `--outputFile=${results}`, ...files]
    const run = () =>
      execa(join(checkout, 'node_modules', '.bin', 'vitest'), args, {
        cwd: this.folder,
        env: { RUNBOOK_LAB: labName, RUNBOOK_LAB_TESTS: '1', NO_COLOR: '1' },
        all: true,
        reject: false,
        stdin: 'ignore',
        timeout: longestTests,
      })
    const first = await run()
    const ended = first.timedOut ? await run() : first
    const found = existsSync(results) ? (JSON.parse(readFileSync(results, 'utf8')) as TestResults) : undefined
    const tests = found?.testResults.flatMap(({ assertionResults }) => assertionResults) ?? []
    const red = found?.testResults.find(({ status }) => status === 'failed')
    const file = red && files.find((each) => basename(each) === basename(red.name))
    if (file !== undefined) {
      const failed = red?.assertionResults.find(({ status }) => status === 'failed')
      // What a file's tests begin with, such as an archive, is made by the scripts too.
      return { file, name: failed?.fullName ?? `what ${basename(file)} begins with` }
    }
    if (ended.exitCode === 0 && tests.some(({ status }) => status === 'passed')) return undefined
    throw new LabBroken('RBK_MUTANT_TESTS', {
      attempted: 'The tests of the scripts could not be run in the copy',
      got: ended.timedOut ? 'they did not come to an end, twice' : `vitest ended with ${ended.exitCode}`,
      elapsedMs: ended.durationMs,
      lastSeen: ended.all.slice(-3000),
    })
  }

  /** Takes the lab down. */
  async down(): Promise<void> {
    await this.harness('down', '--keep-engine')
  }

  private harness(...args: readonly string[]) {
    return execa('node', ['--require', './support/typescript.cjs', './support/cli/main.ts', ...args], {
      cwd: this.folder,
      env: { RUNBOOK_LAB: labName, RUNBOOK_CLUSTER: '', NO_COLOR: '1' },
      preferLocal: true,
      localDir: checkout,
      all: true,
      reject: false,
      stdin: 'ignore',
    })
  }
}
