import type { Report } from './model'
import { scenariosOf } from './report-parts'
import { timesTried } from './state'

/** What gate.json holds: the verdict, and each scenario's, for programs. */
export interface GateFile {
  readonly verdict: string
  readonly exitCode: number
  readonly counts: Report['run']['counts']
  readonly reasons: Report['run']['reasons']
  readonly scenarios: readonly {
    readonly address: string
    readonly name: string
    readonly uri: string
    readonly line: number
    readonly verdict: string
    /** How often it was tried, with what failed in earlier runs of the same text and files; more than 1 and passed is flaky. */
    readonly attempts: number
    readonly durationMs: number | null
    /** Of these, spent waiting for the system; the rest is the harness's own cost. */
    readonly waitedMs: number | null
  }[]
  /** What was asked for and didn't run, since the cluster isn't the lab's: a line for each reason; absent when all of it did. */
  readonly leftOut?: readonly string[]
  readonly startedAt: string | null
  readonly finishedAt: string | null
  readonly versions: readonly { readonly name: string; readonly version: string }[]
}

/** The gate file of a report; scenarios that did not run are left out. */
export function gateFile(report: Report): GateFile {
  const { verdict, exitCode, counts, reasons, startedAt, finishedAt, lab, leftOut, tools } = report.run
  const ran = scenariosOf(report).filter(({ state }) => state !== 'not run')
  return {
    verdict,
    exitCode,
    counts,
    reasons,
    scenarios: ran.map((scenario) => ({
      address: scenario.address,
      name: scenario.title,
      uri: scenario.uri,
      line: scenario.line,
      verdict: scenario.state,
      attempts: timesTried(scenario),
      durationMs: scenario.durationMs ?? null,
      waitedMs: scenario.waitedMs ?? null,
    })),
    ...(leftOut === undefined ? {} : { leftOut }),
    startedAt: startedAt ?? null,
    finishedAt: finishedAt ?? null,
    versions: [...lab.versions, ...tools],
  }
}
