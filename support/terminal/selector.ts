import { HarnessMisused } from '../errors'
import { nearest } from '../nearest'
import type { Report, Runbook, Section } from '../report/model'
import { commandsIn, runbooksOf } from '../report/report-parts'

/** A runbook, or a part of it. */
export interface Selected {
  readonly runbook: Runbook
  /** All of it when the runbook was asked for. */
  readonly sections: readonly Section[]
  /** Whether it's only a part. */
  readonly part: boolean
  /** The address of the one block that was asked for. */
  readonly command?: string
}

/**
 * Finds what an address means, in any way in which people write it: `quick-start`, `quick-start#2.3`, `quick-start.2.3`,
 * `#quick-start.2.3`, the report's `index.html#quick-start.2.3`, or the feature's file.
 *
 * @throws HarnessMisused with the nearest names, or with the parts that there are
 */
export function select(report: Report, written: string): Selected {
  const runbooks = runbooksOf(report)
  const { name, place } = taken(written)
  const runbook = runbooks.find((each) => namesOf(each).includes(name.toLowerCase()))
  if (!runbook) throw unknown(name, runbooks)
  if (place === '') return { runbook, sections: runbook.sections, part: false }
  const found = partOf(runbook, `${runbook.address}.${place}`)
  if (!found) throw noSuchPart(runbook, place)
  return { runbook, ...found, part: true }
}

/** The runbooks for an alert. @throws HarnessMisused when there is none */
export function selectAlert(report: Report, alert: string): Selected[] {
  const runbooks = runbooksOf(report)
  const wanted = runbooks.filter(({ alerts }) =>
    alerts.some((each) => each.toLowerCase() === alert.toLowerCase()),
  )
  if (wanted.length > 0)
    return wanted.map((runbook) => ({ runbook, sections: runbook.sections, part: false }))
  const alerts = [...new Set(runbooks.flatMap((runbook) => runbook.alerts))]
  const meant = nearest(alert, alerts)
  throw new HarnessMisused('RBK_NO_SUCH_ALERT', {
    attempted: `No runbook is for the alert ${alert}`,
    next:
      alerts.length === 0
        ? 'No runbook names an alert (a tag @alert:NAME). Look for its words:'
        : `Did you mean ${(meant.length > 0 ? meant : alerts).join(', ')}?`,
    repeat:
      alerts.length === 0
        ? `npx runbook search ${quoted(alert)}`
        : `npx runbook show --alert ${meant[0] ?? alerts[0]}`,
  })
}

/** A word for the shell, as somebody pastes it. */
export function quoted(word: string): string {
  return /^[\w./@:=-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}

function taken(written: string): { name: string; place: string } {
  const bare = written
    .trim()
    .replace(/^.*\.html#/, '')
    .replace(/^#/, '')
  const [, name = bare, place = ''] = /^(.+?)[#.](\d[\d.]*(?:-\d+)?(?:\.\d+)?)$/.exec(bare) ?? []
  return { name: name.replace(/^.*\//, '').replace(/\.feature$/, ''), place: place.replace(/\.$/, '') }
}

function namesOf({ address, formerly, uri }: Runbook): string[] {
  const [, file = ''] = /([^/]+)\.feature$/.exec(uri) ?? []
  return [address, file, ...formerly].map((name) => name.toLowerCase())
}

function partOf(runbook: Runbook, address: string): Pick<Selected, 'sections' | 'command'> | undefined {
  for (const section of runbook.sections) {
    if (section.address === address) return { sections: [section] }
    for (const scenario of section.scenarios) {
      const only = { sections: [{ ...section, scenarios: [scenario] }] }
      if (scenario.address === address) return only
      if (commandsIn(scenario).some((each) => each.address === address)) return { ...only, command: address }
    }
  }
  return undefined
}

function unknown(name: string, runbooks: readonly Runbook[]): HarnessMisused {
  const meant = nearest(
    name,
    runbooks.map(({ address }) => address),
  )
  return new HarnessMisused('RBK_NO_SUCH_RUNBOOK', {
    attempted: `No runbook is called ${name}`,
    next: meant.length > 0 ? `Did you mean ${meant.join(', ')}?` : 'All of them are listed by:',
    repeat: meant[0] === undefined ? 'npx runbook list' : `npx runbook show ${meant[0]}`,
  })
}

function noSuchPart({ address, sections }: Runbook, place: string): HarnessMisused {
  const [wanted] = place.split('.', 1)
  const near = sections.find(({ number }) => `${number}` === wanted)
  const parts = near && near.scenarios.length > 0 ? near.scenarios : sections
  return new HarnessMisused('RBK_NO_SUCH_PART', {
    attempted: `${address} has no ${place}`,
    expected: parts.map((each) => `${each.address} ${each.title}`).join('\n'),
    repeat: `npx runbook show ${near?.address ?? address}`,
  })
}
