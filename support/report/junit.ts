import { stripVTControlCharacters } from 'node:util'
import { create } from 'xmlbuilder2'
import type { XMLBuilder } from 'xmlbuilder2/lib/interfaces'
import type { Reason } from '../gate/judge'
import type { Report, Runbook, ScenarioReport } from './model'
import { accountOf, reasonsElsewhere } from './plain-text'
import { runbooksOf, scenariosIn } from './report-parts'

/**
 * The run as JUnit XML, as CI systems read it: a suite a runbook, a case a procedure. A failure carries the command,
 * its exit code and output, and the evidence. Inconclusive and misuse are errors; a known defect is skipped, with why.
 */
export function junit(report: Report): string {
  const document = create({ version: '1.0', encoding: 'UTF-8' })
  const { counts, durationMs } = report.run
  const elsewhere = reasonsElsewhere(report)
  const root = document.ele('testsuites', {
    name: 'runbooks',
    tests: counts.total + elsewhere.length,
    failures: counts.failed,
    errors: counts.misuse + counts.inconclusive + elsewhere.length,
    skipped: counts['known defect'],
    time: seconds(durationMs),
  })
  for (const runbook of runbooksOf(report)) suite(root, runbook)
  if (elsewhere.length > 0) runSuite(root, elsewhere)
  return `${document.end({ prettyPrint: true })}\n`
}

/** What XML 1.0 can't hold, not even escaped, as a symbol or a replacement; without a terminal's colours. */
export function xmlText(text: string): string {
  return (
    Buffer.from(stripVTControlCharacters(text))
      .toString()
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML 1.0 forbids
      .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, (char) =>
        String.fromCharCode(0x2400 + char.charCodeAt(0)),
      )
      .replaceAll(/[\ufffe\uffff]/g, '\ufffd')
  )
}

function suite(root: XMLBuilder, runbook: Runbook): void {
  const scenarios = scenariosIn(runbook).filter(({ state }) => state !== 'not run')
  if (scenarios.length === 0) return
  const of = (...states: ScenarioReport['state'][]) =>
    scenarios.filter(({ state }) => states.includes(state)).length
  const element = root.ele('testsuite', {
    name: xmlText(runbook.title),
    file: runbook.uri,
    tests: scenarios.length,
    failures: of('failed'),
    errors: of('misuse', 'inconclusive'),
    skipped: of('known defect'),
    time: seconds(runbook.durationMs),
  })
  for (const scenario of scenarios) testcase(element, runbook, scenario)
}

function testcase(parent: XMLBuilder, runbook: Runbook, scenario: ScenarioReport): void {
  const element = parent.ele('testcase', {
    name: xmlText(scenario.title),
    classname: runbook.address,
    file: scenario.uri,
    line: scenario.line,
    time: seconds(scenario.durationMs),
  })
  element.ele('properties').ele('property', { name: 'address', value: `#${scenario.address}` })
  if (scenario.state === 'passed') return
  const tag = tags[scenario.state] ?? 'error'
  const message = xmlText((scenario.message ?? scenario.state).split('\n', 1)[0] ?? '')
  const type = scenario.code ?? scenario.state
  element.ele(tag, { message, type }).txt(xmlText(accountOf(scenario)))
}

const tags: Partial<Record<ScenarioReport['state'], string>> = {
  failed: 'failure',
  'known defect': 'skipped',
}

function runSuite(root: XMLBuilder, reasons: readonly Reason[]): void {
  const attributes = {
    name: 'The run',
    tests: reasons.length,
    failures: 0,
    errors: reasons.length,
    skipped: 0,
  }
  const element = root.ele('testsuite', attributes)
  for (const reason of reasons) {
    const message = xmlText(reason.message ?? reason.verdict)
    const name = reason.where ?? reason.code ?? 'run'
    element
      .ele('testcase', { name: xmlText(name), classname: 'run' })
      .ele('error', { message: message.split('\n', 1)[0] ?? '', type: reason.code ?? reason.verdict })
      .txt(message)
  }
}

function seconds(ms: number | undefined): string {
  return ((ms ?? 0) / 1000).toFixed(3)
}
