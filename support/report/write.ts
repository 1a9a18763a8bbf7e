import { randomUUID } from 'node:crypto'
import { copyFile, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Envelope } from '@cucumber/messages'
import { LabBroken, messageOf } from '../errors'
import type { Settings } from '../gate/settings'
import { gateFile } from './gate-file'
import { writeHistory } from './history/history'
import { carriedHistory, historyName } from './history/history-file'
import { withHistory } from './history/past'
import { remember } from './history/remember'
import { junit } from './junit'
import { messagesText } from './messages-text'
import type { Report } from './model'
import type { Ageing } from './page/document'
import { page, site } from './page/page'
import { reportOf } from './report'
import { summary } from './summary'

/**
 * Writes everything that a run leaves: messages.ndjson, index.html, site/, junit.xml, gate.json, summary.md, and
 * history.jsonl, which carries what is known from one run to the next (see `carriedHistory`). Each file is put in its place whole or not at all,
 * and one that can't be made doesn't lose the others.
 *
 * @param directory    is made when it isn't there
 * @param settings     the site's: when a proof stops looking green, how much may be flaky
 * @param withMessages false leaves messages.ndjson alone
 * @returns the report
 * @throws LabBroken naming the files that could not be written, after the others were
 */
export async function write(
  envelopes: readonly Envelope[],
  directory: string,
  { ageing, flakyLimit }: Settings = {},
  withMessages = true,
): Promise<Report> {
  await mkdir(directory, { recursive: true })
  const failures = withMessages
    ? await place(directory, 'messages.ndjson', () => messagesText(envelopes))
    : []
  const { history, note, isKept } = carriedHistory(directory)
  const report = withHistory(reportOf(envelopes, flakyLimit), history, note)
  const outputs: Readonly<Record<string, () => string>> = {
    'gate.json': () => `${JSON.stringify(gateFile(report), null, 2)}\n`,
    'index.html': () => page(report, ageing),
    'junit.xml': () => junit(report),
    'summary.md': () => summary(report, ageing),
    // What an existing cluster showed proves nothing of the lab's next run, and nothing was judged there by a ledger.
    ...(isKept
      ? {}
      : {
          [historyName]: () =>
            writeHistory(report.run.lab.cluster === undefined ? remember(history, report) : history),
        }),
  }
  for (const [name, make] of Object.entries(outputs)) failures.push(...(await place(directory, name, make)))
  failures.push(...(await placeSite(directory, report, ageing)))
  if (failures.length > 0) {
    throw new LabBroken('RBK_REPORT_NOT_WRITTEN', {
      attempted: `Part of the report in ${directory} could not be written`,
      got: failures.join('\n'),
    })
  }
  return report
}

/** The folder for a web server: the whole document, and a page a runbook. That of a runbook that is no more goes. */
async function placeSite(directory: string, report: Report, ageing?: Ageing): Promise<string[]> {
  const folder = join(directory, 'site')
  try {
    const pages = site(report, ageing)
    await mkdir(folder, { recursive: true })
    const old = (await readdir(folder)).filter((name) => !pages.has(name))
    await Promise.all(old.map((name) => rm(join(folder, name))))
    await copyFile(join(directory, 'index.html'), join(folder, 'index.html'))
    const placed = [...pages].map(([name, html]) => place(folder, name, () => html))
    return (await Promise.all(placed)).flat()
  } catch (thrown) {
    return [`site: ${messageOf(thrown)}`]
  }
}

async function place(directory: string, name: string, make: () => string): Promise<string[]> {
  const temporary = join(directory, `.${name}.${randomUUID()}`)
  try {
    await writeFile(temporary, make())
    await rename(temporary, join(directory, name))
    return []
  } catch (thrown) {
    await rm(temporary, { force: true })
    return [`${name}: ${messageOf(thrown)}`]
  }
}
