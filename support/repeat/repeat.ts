import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import { ownProgram } from '../cli/own-program'
import { HarnessMisused } from '../errors'
import { exitCodes } from '../gate/verdict'
import { paths } from '../lab/home'
import type { GateFile } from '../report/gate-file'
import { flakeTable, type RepeatedRun } from './flake-table'

/** What a run leaves that is kept of each. */
const kept = ['gate.json', 'messages.ndjson', 'index.html'] as const

/**
 * Runs the same runbooks again and again, on one warm lab, and tells on which procedures the runs don't agree. Each is in a
 * random order of its own, unless an order is asked for. What each run left is under reports/repeat/; the table is
 * reports/repeat/flakes.md.
 *
 * @param times how often
 * @param args  what each run gets: paths, `--tags`, `--order`...
 * @returns the worst of the runs' exit codes; that of a signal as soon as one comes
 * @throws HarnessMisused when `times` isn't a whole number above 0
 */
export async function repeat(times: string, args: readonly string[]): Promise<number> {
  if (!/^[1-9]\d{0,3}$/.test(times)) {
    throw new HarnessMisused('RBK_REPEAT', {
      attempted: `--repeat ${times}: how often is a whole number, from 1`,
      repeat: 'npx runbook run --repeat 5',
    })
  }
  const folder = join(paths.reports, 'repeat')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const runs: RepeatedRun[] = []
  const codes: number[] = []
  for (let number = 1; number <= Number(times); number += 1) {
    const order = orderOf(args) ?? `random:${Math.floor(Math.random() * 1_000_000)}`
    for (const name of kept) rmSync(join(paths.reports, name), { force: true })
    console.log(`\n== run ${number} of ${times}, --order ${order}`)
    const code = await oneRun([...args, ...(orderOf(args) ? [] : ['--order', order])])
    codes.push(code)
    const gate = keep(folder, number)
    if (gate) runs.push({ order, gate })
    if (runs.length > 0) writeFileSync(join(folder, 'flakes.md'), flakeTable(runs))
    // Interrupted, or refused before it began: the next one would be too.
    if (!gate || code >= 128 || code === exitCodes.misuse) break
  }
  if (runs.length > 0) console.log(`\n${flakeTable(runs)}`)
  return codes.find((code) => code >= 128) ?? worst(codes)
}

function orderOf(args: readonly string[]): string | undefined {
  const at = args.findIndex((arg) => arg === '--order' || arg.startsWith('--order='))
  return at < 0 ? undefined : (args[at]?.split('=')[1] ?? args[at + 1])
}

/** In a process of its own, as cucumber runs once a process. In a terminal Ctrl-C reaches it by itself: it is in the same group. */
async function oneRun(args: readonly string[]): Promise<number> {
  const child = execa(process.execPath, [...ownProgram('support/cli/main.ts'), 'run', ...args], {
    stdio: 'inherit',
    reject: false,
  })
  const pass = (signal: NodeJS.Signals) => {
    if (!process.stdin.isTTY) child.kill(signal)
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, pass)
  try {
    const { exitCode = 128 } = await child
    return exitCode
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, pass)
  }
}

function keep(folder: string, number: number): GateFile | undefined {
  for (const name of kept) {
    const file = join(paths.reports, name)
    if (existsSync(file)) copyFileSync(file, join(folder, `${number}-${name}`))
  }
  const gate = join(folder, `${number}-gate.json`)
  return existsSync(gate) ? (JSON.parse(readFileSync(gate, 'utf8')) as GateFile) : undefined
}

/** The one that shows the most: failed before misuse before inconclusive. */
function worst(codes: readonly number[]): number {
  const order = [exitCodes.failed, exitCodes.misuse, exitCodes.inconclusive]
  return order.find((code) => codes.includes(code)) ?? codes.find((code) => code !== 0) ?? 0
}
