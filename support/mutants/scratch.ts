import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { execa } from 'execa'
import { trackedFiles } from '../checks/tracked'
import { checkout, home } from '../lab/home'
import type { GateFile } from '../report/gate-file'

/** The lab in which mutants run: apart from the one that people use. */
const labName = 'mutants'

/** What a run in the copy came to. */
export interface Trial {
  readonly exitCode: number | undefined
  /** Addresses of the scenarios that ran, by verdict. */
  readonly verdicts: ReadonlyMap<string, string>
  readonly output: string
}

/** A copy of the checkout that may be broken, with a lab of its own. Its place stays, so that the lab stays warm. */
export class Scratch {
  readonly folder = join(home, 'mutants')

  /** Makes the copy anew, from what is tracked and what isn't ignored. */
  fill(): void {
    rmSync(this.folder, { recursive: true, force: true })
    for (const { path, text } of trackedFiles()) {
      mkdirSync(dirname(join(this.folder, path)), { recursive: true })
      writeFileSync(join(this.folder, path), text)
    }
    mkdirSync(join(this.folder, 'reports'), { recursive: true })
    symlinkSync(join(checkout, 'node_modules'), join(this.folder, 'node_modules'))
  }

  /** Runs some scenarios. @param places as cucumber takes them: `features/x.feature:12` */
  async run(places: readonly string[]): Promise<Trial> {
    const gate = join(this.folder, 'reports', 'gate.json')
    rmSync(gate, { force: true })
    const ended = await this.harness('run', ...places)
    const { scenarios } = existsSync(gate)
      ? (JSON.parse(readFileSync(gate, 'utf8')) as GateFile)
      : { scenarios: [] }
    const verdicts = new Map(scenarios.map(({ address, verdict }) => [address, verdict]))
    return { exitCode: ended.exitCode, verdicts, output: ended.all }
  }

  /** Takes the lab down. */
  async down(): Promise<void> {
    await this.harness('down', '--keep-engine')
  }

  private harness(...args: readonly string[]) {
    return execa('node', ['--require', './support/typescript.cjs', './support/cli/main.ts', ...args], {
      cwd: this.folder,
      env: { RUNBOOK_LAB: labName, NO_COLOR: '1' },
      preferLocal: true,
      localDir: checkout,
      all: true,
      reject: false,
      stdin: 'ignore',
    })
  }
}
