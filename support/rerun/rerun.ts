import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { HarnessMisused } from '../errors'
import { filesOpened, pathsAsked } from '../gate/asked'
import { choosePaths } from '../gate/chosen-paths'
import { configured } from '../gate/configured'
import { continueRun } from '../gate/continued'
import { judge } from '../gate/judge'
import { lockReports } from '../gate/reports-lock'
import { settingsIn } from '../gate/settings'
import { checkout, paths } from '../lab/home'
import { filesNow } from '../report/files-now'
import { leftOver } from './left-over'

/**
 * Has the run that follows go on with the last one: it runs what that left, and is judged and reported together with it.
 *
 * @returns the arguments for cucumber, or the exit code of the last run where nothing of it is left
 * @throws HarnessMisused when there is no last run, it can't be read, or would be emptied, or paths were given
 */
export async function rerun(args: readonly string[]): Promise<readonly string[] | number> {
  const given = pathsAsked(args)
  if (given.length > 0) {
    throw new HarnessMisused('RBK_NO_RERUN', {
      attempted: '--rerun chooses what is left of the last run by itself',
      got: given.join(' '),
      next: 'Leave out --rerun, or the paths.',
    })
  }
  await lockReports(console.log)
  const file = join(paths.reports, 'messages.ndjson')
  if (!existsSync(file)) {
    throw new HarnessMisused('RBK_NO_RERUN', {
      attempted: 'There is no run to continue: reports/messages.ndjson is not there',
      repeat: 'npx runbook run',
    })
  }
  const left = leftOver(readFileSync(file, 'utf8'), textOf, filesNow())
  if (left.paths.length === 0) {
    const { flakyLimit } = settingsIn(await configured(checkout))
    const { verdict, exitCode } = judge(left.envelopes, flakyLimit)
    console.log(`Nothing is left of the last run: it is ${verdict}. To run everything again: npx runbook run`)
    return exitCode
  }
  await refuseToEmpty(file, args)
  continueRun(left.envelopes)
  choosePaths()
  console.log(`Going on with the last run: ${left.paths.join(' ')}`)
  return [...args, ...left.paths]
}

/** Cucumber empties what a formatter is given as its target before it's known whether anything runs. */
async function refuseToEmpty(file: string, args: readonly string[]): Promise<void> {
  const { dev, ino } = statSync(file)
  const isIt = (other: string) => {
    const found = statSync(other, { throwIfNoEntry: false })
    return found?.dev === dev && found.ino === ino
  }
  if (!(await filesOpened(args, process.cwd())).some(isIt)) return
  throw new HarnessMisused('RBK_NO_RERUN', {
    attempted: 'The last run can’t be continued: cucumber would empty its messages before this one has begun',
    got: 'a formatter whose target is reports/messages.ndjson, in cucumber.js or of --format',
    next: 'Name another file: ./support/report/formatter.cjs takes reports/.opened, and writes all reports beside it.',
  })
}

function textOf(uri: string): string | undefined {
  const file = join(checkout, uri)
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}
