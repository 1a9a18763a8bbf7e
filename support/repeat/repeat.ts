import { execa } from 'execa'
import { ownProgram } from '../cli/own-program'
import { HarnessMisused } from '../errors'
import { exitCodes } from '../gate/verdict'
import { endsSeries, Series } from './series'

/**
 * Runs the same runbooks again and again, on one warm lab, and tells on which procedures the runs don't agree. Each is in a
 * random order of its own, unless an order is asked for. What each run left is under reports/repeat/; the table is
 * reports/repeat/flakes.md.
 *
 * @param times how often
 * @param args  what each run gets: paths, `--tags`, `--order`...
 * @param goOn  whether the runs of the last series count, as far as it came
 * @returns the worst of the runs' exit codes; that of a signal as soon as one comes
 * @throws HarnessMisused when `times` isn't a whole number above 0, the last series can't be gone on with, or files are edited
 *   while it goes on
 */
export async function repeat(times: string, args: readonly string[], goOn = false): Promise<number> {
  if (!/^[1-9]\d{0,3}$/.test(times)) {
    throw new HarnessMisused('RBK_REPEAT', {
      attempted: `--repeat ${times}: how often is a whole number, from 1`,
      repeat: 'npx runbook run --repeat 5',
    })
  }
  const series = goOn ? Series.goOn(args) : Series.begin(args)
  while (series.length < Number(times)) {
    const order = orderOf(args) ?? `random:${Math.floor(Math.random() * 1_000_000)}`
    series.clear()
    console.log(`\n== run ${series.length + 1} of ${times}, --order ${order}`)
    const code = await oneRun([...args, ...(orderOf(args) ? [] : ['--order', order])])
    if (!endsSeries(code)) series.refuseEdited()
    if (!series.add(order, code) || endsSeries(code)) break
  }
  const { table } = series
  if (table !== undefined) console.log(`\n${table}`)
  return series.exitCodes.find((code) => code >= 128) ?? worst(series.exitCodes)
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

/** The one that shows the most: failed before misuse before inconclusive. */
function worst(codes: readonly number[]): number {
  const order = [exitCodes.failed, exitCodes.misuse, exitCodes.inconclusive]
  return order.find((code) => codes.includes(code)) ?? codes.find((code) => code !== 0) ?? 0
}
