import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { variable } from '../existing-cluster/asked'
import { exitCodeOfError, readable } from '../gate/exit-code'
import { checkout, paths } from '../lab/home'
import { canInstallEngine, installPackages, onPath } from '../lab/private-engine'
import type { GateFile } from '../report/gate-file'
import { coverage } from './coverage'
import { docs } from './docs'
import { leftOut, type VitestResults } from './left-out'
import { lintFeatures } from './lint'
import { ownProgram } from './own-program'
import { up } from './up'

/** What a phase of `npm test` came to. */
interface Outcome {
  readonly passed: number
  readonly failed: number
  readonly exitCode: number
}

interface Phase {
  readonly name: string
  readonly run: () => Promise<Outcome>
}

const cheap: readonly Phase[] = [
  { name: 'types (tsc)', run: () => tool('tsc', ['--noEmit']) },
  {
    name: 'types of the page’s scripts (tsc)',
    run: () => tool('tsc', ['--noEmit', '-p', 'support/report/page/browser']),
  },
  { name: 'lint (biome)', run: () => tool('biome', ['check', '--error-on-warnings']) },
  { name: 'lint of the runbooks', run: lintRunbooks },
  { name: 'generated pages', run: () => settled(docs({ check: true, run: false })) },
]
/** Before the tests, since many of them use its engine, its images and its programs. */
const lab: Phase = { name: 'the lab', run: bringUpLab }
const unit: Phase = { name: 'unit and black-box tests (vitest)', run: vitest }
const runbooks: Phase = { name: 'runbooks', run: runRunbooks }
/** After the runbooks, whose verdicts are in one of them. */
const pages: Phase = {
  name: 'generated pages, with the verdicts',
  // In a process of its own: cucumber loads step definitions once in each.
  run: () => tool(process.execPath, [...ownProgram('support/cli/main.ts'), 'docs', '--check']),
}
/** As are the outputs in which messages and blocks are looked for. */
const shown: Phase = { name: 'coverage', run: () => settled(coverage()) }
/** On a lab of its own; other ones each day, so that all of them are seen to be noticed in a few weeks. */
const guards: Phase = { name: 'two guards taken away (mutants)', run: twoGuards }

/** Programs, by the names of their Debian packages. */
const testTools = ['shellcheck', 'chromium'] as const

/**
 * Everything that gates, in the order of its price. What comes before the runbooks runs whatever failed, so that one go
 * shows all there is to mend; the runbooks run only when all of it passed. The last line is `N passed, N failed`.
 *
 * @param options whether the runbooks, and what is looked at in their results, are among it
 * @returns the exit code: that of the runbooks' verdict once they have run, else 0 or 1
 */
export async function test({ runbooks: wanted = true }: { readonly runbooks?: boolean }): Promise<number> {
  await provideTools()
  const outcomes: Outcome[] = []
  for (const phase of cheap) outcomes.push(await timed(phase))
  const ready = await timed(lab)
  outcomes.push(ready)
  if (ready.exitCode === 0) outcomes.push(await timed(unit))
  const green = () => outcomes.every(({ exitCode }) => exitCode === 0)
  if (wanted && !green()) console.log('\n== runbooks: not run; mend the above first')
  for (const phase of wanted ? [runbooks, pages, shown, guards] : [])
    if (green()) outcomes.push(await timed(phase))
  const total = (key: 'passed' | 'failed') => outcomes.reduce((sum, outcome) => sum + outcome[key], 0)
  console.log(`\n${total('passed')} passed, ${total('failed')} failed`)
  return outcomes.find(({ exitCode }) => exitCode !== 0)?.exitCode ?? 0
}

async function timed({ name, run }: Phase): Promise<Outcome> {
  console.log(`\n== ${name}`)
  const started = Date.now()
  const outcome = await run()
  const took = `${((Date.now() - started) / 1000).toFixed(1)} s`
  console.log(`== ${name}: ${outcome.exitCode === 0 ? 'passed' : 'FAILED'} in ${took}`)
  return outcome
}

/** A tool that counts nothing: it shows up in the totals only when it fails. */
async function tool(program: string, args: readonly string[]): Promise<Outcome> {
  const { exitCode = 1 } = await execa(program, args, { stdio: 'inherit', preferLocal: true, reject: false })
  return { passed: 0, failed: exitCode === 0 ? 0 : 1, exitCode }
}

async function lintRunbooks(): Promise<Outcome> {
  return settled(lintFeatures([], {}))
}

async function bringUpLab(): Promise<Outcome> {
  return settled(up({}))
}

/** A command of ours counts nothing either, and says itself why it couldn't be carried out. */
async function settled(exitCode: Promise<number>): Promise<Outcome> {
  try {
    return outcomeOf(0, 0, await exitCode)
  } catch (error) {
    console.error(`\n${readable(error)}`)
    return outcomeOf(0, 1, exitCodeOfError(error))
  }
}

async function vitest(): Promise<Outcome> {
  // Tests that need an engine and the toolbox's image leave themselves out unless told that both are there.
  process.env.RUNBOOK_LAB_TESTS = '1'
  // What gates is judged in the lab, whatever this shell uses otherwise.
  delete process.env[variable]
  const folder = mkdtempSync(join(tmpdir(), 'runbook-test-'))
  try {
    const file = join(folder, 'vitest.json')
    const ended = await tool('vitest', [
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile=${file}`,
    ])
    const counted = readJson<VitestResults>(file)
    const skipped = counted ? leftOut(counted, checkout) : []
    if (skipped.length > 0)
      console.error(
        `\nLeft out, which counts as failed here:\n${skipped.map((test) => `  ${test}`).join('\n')}`,
      )
    const exitCode = ended.exitCode === 0 && skipped.length > 0 ? 1 : ended.exitCode
    return outcomeOf(counted?.numPassedTests ?? 0, (counted?.numFailedTests ?? 0) + skipped.length, exitCode)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function runRunbooks(): Promise<Outcome> {
  const started = new Date().toISOString()
  // Once more for what fails: whoever passes then is counted and shown as flaky, and more than a few make the run red.
  const args = [...ownProgram('support/cli/main.ts'), 'run', '--retry', '1']
  const { exitCode = 3 } = await execa(process.execPath, args, { stdio: 'inherit', reject: false })
  const gate = readJson<GateFile>(join(paths.reports, 'gate.json'))
  // An earlier run's, where this one was killed before it wrote its own.
  const { counts } = gate?.finishedAt && gate.finishedAt >= started ? gate : {}
  const passed = counts ? counts.passed + counts['known defect'] : 0
  return outcomeOf(passed, (counts?.total ?? 0) - passed, exitCode)
}

function twoGuards(): Promise<Outcome> {
  const today = Math.floor(Date.now() / 86_400_000)
  return tool(process.execPath, [
    ...ownProgram('support/mutants/mutants.ts'),
    '--sample',
    '2',
    '--seed',
    `${today}`,
  ])
}

/** A program that ended too early to write its results has none. */
function readJson<T>(file: string): T | undefined {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : undefined
}

/** What failed outside of any test (a file that doesn't load, a report that couldn't be written) counts as one. */
function outcomeOf(passed: number, failed: number, exitCode: number): Outcome {
  return { passed, failed: exitCode !== 0 && failed === 0 ? 1 : failed, exitCode }
}

/** What the tests use and a machine may lack: shellcheck for the published scripts, Chromium for the report. */
async function provideTools(): Promise<void> {
  const there = await Promise.all(testTools.map((tool) => onPath(tool)))
  const missing = testTools.filter((_, index) => !there[index])
  if (missing.length === 0 || !canInstallEngine().ok) return
  console.log(`installing ${missing.join(', ')} from Debian`)
  await installPackages(missing)
}
