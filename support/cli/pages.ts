import { HarnessMisused } from '../errors'
import { exitCodes } from '../gate/verdict'
import { paths } from '../lab/home'
import { type Current, currentReport } from '../report/current'
import { readFeatureFiles } from '../report/feature-files'
import { hitsText } from '../terminal/hits'
import { listText } from '../terminal/list'
import { ownTerminal, print } from '../terminal/output'
import { pageText } from '../terminal/page'
import { search as searchIn } from '../terminal/search'
import { quoted, type Selected, select, selectAlert } from '../terminal/selector'

/**
 * `runbook show`: a runbook, or a part of it, in the terminal.
 *
 * @param words the address, as it was typed
 */
export async function show(
  words: readonly string[],
  { alert, full = false }: { alert?: string; full?: boolean },
): Promise<number> {
  const { report } = current()
  const terminal = ownTerminal()
  const options = { terminal, run: report.run, now: new Date(), full }
  const pages = selected(report, words, alert).map((each) => pageText(each, options))
  await print(pages.join('\n\n'))
  return exitCodes.passed
}

/** `runbook list`: all runbooks, by system. */
export async function list(): Promise<number> {
  await print(listText(current().report, ownTerminal(), new Date()))
  return exitCodes.passed
}

/** `runbook search`: where words stand, in the runbooks and in what the last run printed. */
export async function search(words: readonly string[]): Promise<number> {
  const text = words.join(' ')
  const hits = searchIn(current().report, text)
  if (hits.length === 0) {
    throw new HarnessMisused('RBK_NOTHING_FOUND', {
      attempted: `No runbook holds “${text}”, nor did the last run print it`,
      next: 'Take fewer words, those that are the same every time: no names of pods, no times. Or look through all of them:',
      repeat: 'npx runbook list',
    })
  }
  await print(hitsText(hits, ownTerminal()))
  return exitCodes.passed
}

function selected(
  report: Current['report'],
  words: readonly string[],
  alert: string | undefined,
): Selected[] {
  if (alert !== undefined) return selectAlert(report, alert)
  if (words.length > 0) return [select(report, words.join('.'))]
  throw new HarnessMisused('RBK_NO_NAME', {
    attempted: 'Nothing to show: no runbook was named',
    next: `To a shell, a word that begins with # is a comment. Leave the # out, or quote it: npx runbook show ${quoted('#quick-start.1.1')}`,
    repeat: 'npx runbook list',
  })
}

/** What is to be known of the last run goes to stderr: a page that is piped on holds the page alone. */
function current(): Current {
  const found = currentReport(readFeatureFiles(), paths.reports)
  for (const note of found.notes) console.error(note)
  return found
}
