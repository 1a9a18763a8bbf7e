import type { Reason, RunJudgement } from '../gate/judge'
import type { Verdict } from '../gate/verdict'
import type { CommandRun, Evidence, Fault, Lab, Ledger, Measure } from './attachment'
import type { Effect } from './effect'
import type { ChangedLine } from './history/changed-lines'
import type { Green } from './history/history'
import type { Spread } from './history/spread'
import type { Prose } from './prose'

/** A run as its readers see it: the runbooks, with the proof beside each command. Plain data: JSON and back. */
export interface Report {
  readonly run: Run
  readonly systems: readonly System[]
}

export interface Run {
  readonly verdict: Verdict
  readonly exitCode: number
  readonly counts: RunJudgement['counts']
  readonly reasons: readonly Reason[]
  /** ISO time; absent when nothing started. */
  readonly startedAt?: string
  readonly finishedAt?: string
  readonly durationMs?: number
  readonly lab: Lab
  /** What was asked for and didn't run, a line for each reason; absent when all of it did. */
  readonly leftOut?: readonly string[]
  /** What is wrong with the file of earlier runs, as sentences; absent when nothing is. */
  readonly historyNote?: string
  /** What ran the runbooks: cucumber, Node, the operating system. */
  readonly tools: readonly { readonly name: string; readonly version: string }[]
}

/** The runbooks of one folder under features/. */
export interface System {
  readonly name: string
  readonly title: string
  readonly runbooks: readonly Runbook[]
}

/** Where a scenario, a section or a runbook stands: a verdict, or that this run did not look. */
export type State = Verdict | 'not run'

export interface Runbook {
  /** As in `#quick-start`. */
  readonly address: string
  /** Addresses that it had before; they lead to it. */
  readonly formerly: readonly string[]
  readonly title: string
  readonly uri: string
  readonly state: State
  readonly tags: readonly string[]
  readonly personas: readonly string[]
  readonly alerts: readonly string[]
  readonly severity?: string
  readonly mutates: boolean
  /** Absent when the tags say neither. */
  readonly reversible?: boolean
  readonly degraded: boolean
  readonly prose: Prose
  readonly durationMs?: number
  readonly sections: readonly Section[]
}

export interface Section {
  readonly address: string
  /** 0 for scenarios outside of any rule. */
  readonly number: number
  readonly title: string
  readonly prose: string
  readonly scenarios: readonly ScenarioReport[]
}

export interface ScenarioReport {
  /** As in `#quick-start.2.1`. */
  readonly address: string
  readonly title: string
  readonly uri: string
  readonly line: number
  readonly tags: readonly string[]
  readonly prose: string
  readonly state: State
  readonly code?: string
  readonly message?: string
  /** ISO time. */
  readonly startedAt?: string
  readonly durationMs?: number
  /** Of the duration, what was spent waiting for the system; absent when the harness didn't get to tell. */
  readonly waitedMs?: number
  readonly steps: readonly Step[]
  readonly faults: readonly Fault[]
  /** Earlier tries of this run; the scenario itself is the last one. */
  readonly attempts: readonly EarlierAttempt[]
  /** What earlier runs knew of it; absent when none did. */
  readonly past?: Past
}

/** What earlier runs knew of a procedure. */
export interface Past {
  /** The last time before this run that it was shown to work, and what has changed in it since. */
  readonly green?: Green & { readonly changes: readonly ChangedLine[] }
  /** ISO time since when it fails; absent when it doesn't. */
  readonly redSince?: string
  /** How long it takes, this run included. */
  readonly usual?: Spread
}

export interface EarlierAttempt {
  readonly number: number
  readonly verdict: Verdict
  readonly message?: string
  readonly durationMs?: number
}

export interface Step {
  /** "Given", "When", ...; "hook" for the harness's own set-up or clean-up that has something to say. */
  readonly keyword: string
  readonly text: string
  readonly status: 'passed' | 'failed' | 'skipped' | 'misuse' | 'not run'
  readonly startedAt?: string
  readonly durationMs?: number
  /** What the step said when it failed. */
  readonly message?: string
  readonly table?: readonly (readonly string[])[]
  /** A doc string that is not a command. */
  readonly note?: string
  readonly commands: readonly Command[]
  readonly evidence: readonly Evidence[]
  readonly ledgers: readonly Ledger[]
  /** With what earlier runs measured, oldest first. */
  readonly measures: readonly (Measure & { readonly earlierMs?: readonly number[] })[]
  /** Lines of the block behind which it was cut off, and pasted again from the top, before it ran to its end; absent when it wasn't. */
  readonly cutOffBehind?: readonly number[]
  readonly texts: readonly { readonly name: string; readonly text: string }[]
}

/** A published block. */
export interface Command {
  /** As in `#quick-start.2.1.1`. */
  readonly address: string
  /** What the copy button copies. */
  readonly script: string
  readonly effect: Effect
  /** Absent when it did not run. */
  readonly ran?: CommandRun
  /** How long it takes, this run included; absent when nothing is known from earlier runs. */
  readonly usual?: Spread
}
