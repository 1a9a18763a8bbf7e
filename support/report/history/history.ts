import { createHash } from 'node:crypto'
import type { Verdict } from '../../gate/verdict'

/**
 * What is known of procedures from runs before this one: `history.jsonl`, carried from run to run. One line a
 * procedure, so that a damaged line costs one procedure's past and nothing else.
 */
export interface History {
  readonly procedures: ReadonlyMap<string, ProcedureHistory>
  /** How many lines could not be read. */
  readonly damaged: number
}

export interface ProcedureHistory {
  readonly address: string
  /** Its last runs, oldest first. */
  readonly results: readonly PastResult[]
  /** The last time it was shown to work. */
  readonly green?: Green
  /** ISO time of its first failure since it was green. */
  readonly redSince?: string
}

export interface PastResult {
  /** ISO time; tells runs apart. */
  readonly at: string
  readonly verdict: Verdict
  readonly ms: number
  /** How often it was tried; 1 unless it was flaky. */
  readonly attempts: number
  /** Milliseconds of each command block that ran, by `digestOf` its bytes: another block has another past. */
  readonly commands: Readonly<Record<string, number>>
  /** Milliseconds by name, such as "RTO". */
  readonly measures: Readonly<Record<string, number>>
}

export interface Green {
  readonly at: string
  readonly commit: string
  readonly versions: readonly { readonly name: string; readonly version: string }[]
  /** The procedure as it was then: title, prose, steps and command blocks. */
  readonly text: string
  /** What each command block printed, cut to what a page needs. */
  readonly outputs: readonly string[]
}

/** By what a command block is known from run to run. */
export function digestOf(script: string): string {
  return createHash('sha256').update(script).digest('hex').slice(0, 16)
}

export const noHistory: History = { procedures: new Map(), damaged: 0 }

const format = 1

/** Reads `history.jsonl`. A line that is none, or of another format, is counted and left out. */
export function readHistory(text: string): History {
  const procedures = new Map<string, ProcedureHistory>()
  let damaged = 0
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue
    const procedure = readLine(line)
    if (procedure) procedures.set(procedure.address, procedure)
    else damaged += 1
  }
  return { procedures, damaged }
}

/** `history.jsonl` of a history, in the order of addresses: two runs' files can be compared. */
export function writeHistory({ procedures }: History): string {
  const sorted = [...procedures.values()].sort((a, b) => (a.address < b.address ? -1 : 1))
  return sorted.map((procedure) => `${JSON.stringify({ format, ...procedure })}\n`).join('')
}

function readLine(line: string): ProcedureHistory | undefined {
  try {
    const { format: found, ...value } = JSON.parse(line) as { format?: unknown } & Partial<ProcedureHistory>
    const whole =
      found === format &&
      typeof value.address === 'string' &&
      Array.isArray(value.results) &&
      value.results.every(isResult) &&
      (value.green === undefined || isWholeGreen(value.green)) &&
      (value.redSince === undefined || isTime(value.redSince))
    return whole ? (value as ProcedureHistory) : undefined
  } catch {
    return undefined
  }
}

function isResult(value: Partial<PastResult> | null): boolean {
  return (
    isTime(value?.at) &&
    typeof value?.verdict === 'string' &&
    Number.isFinite(value.ms) &&
    Number.isFinite(value.attempts) &&
    isRecord(value.commands) &&
    isRecord(value.measures)
  )
}

function isWholeGreen(value: Partial<Green> | null): boolean {
  return (
    isTime(value?.at) &&
    typeof value?.commit === 'string' &&
    Array.isArray(value.versions) &&
    typeof value.text === 'string' &&
    Array.isArray(value.outputs)
  )
}

function isRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isTime(value: unknown): boolean {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value))
}
