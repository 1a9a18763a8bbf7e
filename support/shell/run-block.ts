import { createHash, randomBytes } from 'node:crypto'
import { LabBroken } from '../errors'
import type { Deadline } from '../eventually'
import { waiting } from '../waiting'
import { type Account, EndReader, signalName } from './account'
import { type CommandResult, textOf } from './command-result'
import type { Exec } from './exec'
import { type Chunk, Output, outputLimit } from './output'
import { reap } from './reap'
import type { Toolbox } from './toolbox'

/** How long a block may take to die once it must, in milliseconds; its supervisor gives up after 4 s. */
const dyingMs = 6_000

export interface BlockOptions {
  /** When it passes, every process of the block is killed, daemons too. */
  readonly deadline: Deadline
  /** Told each piece of output as it arrives, unmasked. */
  readonly onOutput?: (chunk: Chunk) => void
}

/**
 * Runs a command block in the toolbox: these bytes, by bash, with nothing on stdin and no terminal.
 * Nothing of it is alive when this returns (docs/decisions/0040). If this process dies, so does the block.
 *
 * @param script run byte for byte
 * @returns what came of it, also when it failed, hung, flooded or left processes behind
 * @throws LabBroken when the toolbox is gone, or can't run a block
 */
export async function runBlock(
  toolbox: Toolbox,
  script: string,
  options: BlockOptions,
): Promise<CommandResult> {
  const bytes = Buffer.from(script, 'utf8')
  const nonce = randomBytes(16).toString('hex')
  const ends = { stdout: new EndReader(nonce), stderr: new EndReader(nonce) }
  const output = new Output(outputLimit, options.onOutput)
  const exec = await toolbox.supervisor()
  const startedAt = new Date()
  let late = false
  let backstop: NodeJS.Timeout | undefined
  const giveUp = () => {
    exec.endInput()
    backstop ??= setTimeout(() => void giveUpSupervisor(toolbox, exec), dyingMs)
  }
  const timer = setTimeout(() => {
    late = true
    giveUp()
  }, options.deadline.ms)

  const ended = new Promise<void>((resolve) => {
    exec.begin(Buffer.concat([Buffer.from(`${nonce} ${bytes.length}\n`), bytes]), (stream, piece) => {
      output.add(stream, ends[stream].pass(piece))
      if (output.overflowed) giveUp()
      if (ends.stdout.complete && ends.stderr.complete) resolve()
    })
    void exec.ended.then(resolve)
    toolbox.prepare()
  })
  await waiting(() => ended)
  clearTimeout(timer)
  clearTimeout(backstop)
  exec.endInput()
  for (const stream of ['stdout', 'stderr'] as const) output.add(stream, ends[stream].rest())

  const printed = output.end()
  const account = ends.stderr.account() ?? (await withoutAccount(toolbox, exec, printed, startedAt))
  if (account.broken !== undefined) throw notRun(toolbox, account.broken)
  return {
    script,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    exitCode: account.exitCode,
    signal: account.signal,
    startedAt,
    durationMs: account.durationMs,
    deadlineMs: options.deadline.ms,
    timedOut: late && account.abandoned,
    flooded: output.overflowed,
    output: printed,
    failedLines: account.failedLines,
    leftRunning: account.leftRunning,
  }
}

/** For a supervisor that doesn't answer, be it that the block killed it: what it watched over must not go on. */
async function giveUpSupervisor(toolbox: Toolbox, exec: Exec): Promise<void> {
  await reap(toolbox).catch(() => {})
  exec[Symbol.dispose]()
}

/** What can be told of a block whose supervisor is gone: `kill -9 -1` in a block does it. */
async function withoutAccount(
  toolbox: Toolbox,
  exec: Exec,
  printed: readonly Chunk[],
  startedAt: Date,
): Promise<Account> {
  const exitCode = (await exec.exitCode()) ?? 0
  // Above 128 and 64 signals it is Perl's own: it ended with an error.
  if (exitCode <= 128 || exitCode > 192) {
    throw notRun(toolbox, textOf({ output: printed }).slice(-2000) || `exit code ${exitCode}`)
  }
  const leftRunning = await reap(toolbox)
  const durationMs = Date.now() - startedAt.getTime()
  return {
    exitCode: null,
    signal: signalName(exitCode - 128),
    durationMs,
    abandoned: true,
    leftRunning,
    failedLines: [],
  }
}

function notRun(toolbox: Toolbox, got: string): LabBroken {
  return new LabBroken('RBK_TOOLBOX_BROKEN', {
    attempted: 'The toolbox could not run a command block',
    expected: `bash and perl in container ${toolbox.container.slice(0, 12)}, on x86-64 or arm64`,
    got: got.trim(),
    next: 'Make the lab anew:',
    repeat: 'npx runbook down && npx runbook up',
  })
}
