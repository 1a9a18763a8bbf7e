import type { Attachment } from '@cucumber/messages'

/** One published block, run in the toolbox. */
export interface CommandRun {
  /** What ran, with the lab's secrets masked. */
  readonly script: string
  /** Of the bytes that ran, in hexadecimal. */
  readonly sha256: string
  readonly exitCode: number | null
  readonly signal: string | null
  readonly durationMs: number
  readonly deadlineMs: number
  readonly timedOut: boolean
  /** A step claims the non-zero exit ("Then the command fails with ..."). */
  readonly expectedFailure: boolean
  /** In the order in which it was written; secrets are masked already. */
  readonly output: readonly { readonly stream: 'stdout' | 'stderr'; readonly text: string }[]
  /** How much of the middle was left out of `output`. */
  readonly omittedBytes: number
  /** Index in `output` before which it was left out. */
  readonly omittedBefore?: number
  /** ISO time. */
  readonly startedAt?: string
  /** It printed without end and was killed. */
  readonly flooded?: boolean
  /** Lines that failed while the block went on. */
  readonly failedLines?: readonly {
    readonly line: number
    readonly exitCode: number
    /** 0 for a line of the block itself, more within its subshells and functions. */
    readonly depth: number
    readonly command: string
  }[]
  /** Command lines of processes that outlived it, and were killed. */
  readonly leftRunning?: readonly string[]
  /** Where the whole output is, relative to the report: `evidence/<file>`. */
  readonly fullOutput?: string
}

/** What the system looked like when a step failed. */
export interface Evidence {
  readonly title: string
  readonly items: readonly { readonly name: string; readonly text: string }[]
}

/** One fault's life; ISO times. Attached again as it goes on: the last one of a name counts. */
export interface Fault {
  readonly name: string
  readonly injectedAt: string
  readonly inForceAt: string
  readonly healedAt: string | null
  readonly provenHealedAt: string | null
  readonly proof: string
}

/** Acknowledged messages, compared one by one with what the target holds. */
export interface Ledger {
  readonly target: string
  readonly streams: readonly {
    readonly stream: string
    readonly acknowledged: number
    readonly missing: number
    readonly altered: number
    readonly duplicated: number
    readonly outOfOrder: number
    readonly unexpected: number
  }[]
  readonly consumers: readonly {
    readonly stream: string
    readonly name: string
    readonly ok: boolean
    readonly detail: string
  }[]
}

/** How long something took that has a target, such as an RTO. */
export interface Measure {
  readonly name: string
  readonly ms: number
  readonly targetMs?: number
  readonly phases?: readonly { readonly name: string; readonly ms: number }[]
}

/** How much of a scenario's time was spent waiting for the system, in milliseconds; the rest is the harness's own. */
export interface Timing {
  readonly waitedMs: number
}

/** Where the blocks of an @interruptible procedure were cut off, each time to be pasted again from the top. */
export interface CutOffs {
  /** Lines of the step's block behind which it was; there is none where the block is one command. */
  readonly behindLines: readonly number[]
  /** Why none of the procedure's blocks was, where they may not be. */
  readonly leftOut?: string
}

/** What the run ran on; attached once a worker. */
export interface Lab {
  /** The existing cluster that the run was on, by the name of its file; left out for the lab. */
  readonly cluster?: string
  readonly versions: readonly { readonly name: string; readonly version: string }[]
  readonly images: readonly {
    readonly reference: string
    readonly origin: 'pulled' | 'built' | 'mirror'
    readonly digest: string
  }[]
  readonly simulated: readonly string[]
  readonly commit: string
  readonly startedAt: string
}

/** Why a scenario did not pass, as the After hook saw it. */
export interface AttachedVerdict {
  readonly verdict: 'failed' | 'inconclusive' | 'misuse'
  readonly code: string
  readonly message: string
}

export type Attached =
  | { readonly kind: 'command'; readonly value: CommandRun }
  | { readonly kind: 'evidence'; readonly value: Evidence }
  | { readonly kind: 'fault'; readonly value: Fault }
  | { readonly kind: 'ledger'; readonly value: Ledger }
  | { readonly kind: 'measure'; readonly value: Measure }
  | { readonly kind: 'timing'; readonly value: Timing }
  | { readonly kind: 'cutoffs'; readonly value: CutOffs }
  | { readonly kind: 'lab'; readonly value: Lab }
  | { readonly kind: 'verdict'; readonly value: AttachedVerdict }
  | { readonly kind: 'unreadable'; readonly mediaType: string }
  | { readonly kind: 'text'; readonly name: string; readonly text: string }

export type Kind = Exclude<Attached['kind'], 'unreadable' | 'text'>

/** The media type under which a step attaches one of ours, as JSON. */
export function mediaTypeOf(kind: Kind): `application/vnd.runbook.${Kind}+json` {
  return `application/vnd.runbook.${kind}+json`
}

/**
 * Reads what a step attached.
 *
 * @returns the value by its kind; `unreadable` for one of our media types whose body is not what it should be
 *          (an older version, a damaged file); `text` for anything else a step attached or logged
 */
export function readAttachment(attachment: Attachment): Attached {
  const body = bodyOf(attachment)
  const kind = kindOf(attachment.mediaType)
  if (kind === undefined)
    return { kind: 'text', name: attachment.fileName ?? nameOf(attachment.mediaType), text: body }
  const value = parsed(body)
  if (!isShaped(value, required[kind])) return { kind: 'unreadable', mediaType: attachment.mediaType }
  return { kind, value } as unknown as Attached
}

/** World.log and World.link attach without a name. */
function nameOf(mediaType: string): string {
  if (mediaType === 'text/x.cucumber.log+plain') return 'Log'
  return mediaType === 'text/uri-list' ? 'Link' : mediaType
}

function bodyOf(attachment: Attachment): string {
  return attachment.contentEncoding === 'BASE64'
    ? Buffer.from(attachment.body, 'base64').toString('utf8')
    : attachment.body
}

function kindOf(mediaType: string): Kind | undefined {
  const [, name] = /^application\/vnd\.runbook\.(\w+)\+json$/.exec(mediaType) ?? []
  return name !== undefined && name in required ? (name as Kind) : undefined
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

type Shape = Readonly<Record<string, 'string' | 'number' | 'boolean' | 'array'>>

/** The fields without which a value can't be shown or judged. */
const required: Readonly<Record<Kind, Shape>> = {
  command: {
    script: 'string',
    sha256: 'string',
    durationMs: 'number',
    timedOut: 'boolean',
    expectedFailure: 'boolean',
    output: 'array',
  },
  evidence: { title: 'string', items: 'array' },
  fault: { name: 'string', injectedAt: 'string', inForceAt: 'string', proof: 'string' },
  ledger: { target: 'string', streams: 'array', consumers: 'array' },
  measure: { name: 'string', ms: 'number' },
  timing: { waitedMs: 'number' },
  cutoffs: { behindLines: 'array' },
  lab: { versions: 'array', images: 'array', simulated: 'array', commit: 'string' },
  verdict: { verdict: 'string', code: 'string', message: 'string' },
}

function isShaped(value: unknown, shape: Shape): boolean {
  if (typeof value !== 'object' || value === null) return false
  const fields = value as Readonly<Record<string, unknown>>
  return Object.entries(shape).every(([name, type]) =>
    type === 'array' ? Array.isArray(fields[name]) : typeof fields[name] === type,
  )
}
