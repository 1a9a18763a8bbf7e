import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Mask } from '../evidence/mask'
import type { FailedLine } from './account'
import type { CommandResult } from './command-result'
import type { Stream } from './frames'
import type { Chunk } from './output'

/** How much of a long output the report shows of its beginning, and of its end, in characters. */
export const shownAtEachEnd = 16 * 1024

/** Media type of a command's attachment. */
export const commandMediaType = 'application/vnd.runbook.command+json'

/** What the report is told of a command block, as JSON; every text in it is masked. */
export interface CommandAttachment {
  readonly script: string
  readonly sha256: string
  readonly exitCode: number | null
  readonly signal: string | null
  readonly startedAt: string
  readonly durationMs: number
  readonly deadlineMs: number
  readonly timedOut: boolean
  readonly flooded: boolean
  readonly expectedFailure: boolean
  readonly failedLines: readonly FailedLine[]
  readonly leftRunning: readonly string[]
  readonly output: readonly Chunk[]
  /** Bytes of UTF-8 that were left out of the middle. */
  readonly omittedBytes: number
  /** Where they were left out: before this index of `output`. */
  readonly omittedBefore?: number
  /** The whole output, relative to the reports' folder. */
  readonly fullOutput?: string
}

/**
 * What a report shows of a result: all of a short output; of a long one both ends, and the whole in a file.
 *
 * @param directory       the reports' folder; the file is put into its `evidence/`
 * @param expectedFailure whether a step claimed the failure
 */
export async function reportable(
  result: CommandResult,
  mask: Mask,
  directory: string,
  expectedFailure = false,
): Promise<CommandAttachment> {
  const { output, script, failedLines, leftRunning, ...rest } = result
  const chunks = masked(output, mask)
  return {
    ...rest,
    startedAt: result.startedAt.toISOString(),
    script: mask.text(script),
    failedLines: failedLines.map((failed) => ({ ...failed, command: mask.text(failed.command) })),
    leftRunning: leftRunning.map((command) => mask.text(command)),
    expectedFailure,
    ...(await shown(chunks, () => keep(result, chunks, directory))),
  }
}

async function shown(
  chunks: readonly Chunk[],
  keepWhole: () => Promise<string>,
): Promise<Pick<CommandAttachment, 'output' | 'omittedBytes' | 'omittedBefore' | 'fullOutput'>> {
  const length = chunks.reduce((sum, chunk) => sum + chunk.text.length, 0)
  if (length <= 2 * shownAtEachEnd) return { output: chunks, omittedBytes: 0 }
  const head = part(chunks, 0, shownAtEachEnd)
  const tail = part(chunks, length - shownAtEachEnd, length)
  return {
    output: [...head, ...tail],
    omittedBytes: bytesOf(chunks) - bytesOf(head) - bytesOf(tail),
    omittedBefore: head.length,
    fullOutput: await keepWhole(),
  }
}

/** The streams are masked apart: what one prints in between doesn't hide a secret of the other. */
function masked(chunks: readonly Chunk[], mask: Mask): readonly Chunk[] {
  const textsOf = (stream: Stream) =>
    chunks.filter((chunk) => chunk.stream === stream).map((chunk) => chunk.text)
  const texts = {
    stdout: mask.pieces(textsOf('stdout')).values(),
    stderr: mask.pieces(textsOf('stderr')).values(),
  }
  return chunks
    .map(({ stream }) => ({ stream, text: texts[stream].next().value ?? '' }))
    .filter((chunk) => chunk.text !== '')
}

/** The characters from one offset to another, counted over all chunks. */
function part(chunks: readonly Chunk[], from: number, to: number): readonly Chunk[] {
  const found: Chunk[] = []
  let at = 0
  for (const { stream, text } of chunks) {
    // A cut through a pair of surrogates leaves out the pair.
    const cut = text
      .slice(Math.max(0, from - at), Math.max(0, to - at))
      .replace(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/g, '')
    if (cut !== '') found.push({ stream, text: cut })
    at += text.length
  }
  return found
}

function bytesOf(chunks: readonly Chunk[]): number {
  return chunks.reduce((sum, chunk) => sum + Buffer.byteLength(chunk.text), 0)
}

/** Writes the whole output, both streams as a terminal would show them. Returns the path within the reports. */
async function keep(result: CommandResult, chunks: readonly Chunk[], directory: string): Promise<string> {
  await mkdir(join(directory, 'evidence'), { recursive: true })
  const time = result.startedAt.toISOString().replace(/[^0-9]/g, '')
  for (let attempt = 1; ; attempt++) {
    const file = `evidence/command-${time}-${result.sha256.slice(0, 12)}${attempt > 1 ? `-${attempt}` : ''}.txt`
    try {
      await writeFile(join(directory, file), chunks.map((chunk) => chunk.text).join(''), { flag: 'wx' })
      return file
    } catch (error) {
      // Another worker runs the same block at the same millisecond.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}
