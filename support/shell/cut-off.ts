import { LabBroken } from '../errors'
import { textOf } from './command-result'
import { runBlock } from './run-block'
import type { Toolbox } from './toolbox'

/** Media type under which the report is told where a block was cut off. */
export const cutOffsMediaType = 'application/vnd.runbook.cutoffs+json'

/**
 * What an operator has pasted when the connection breaks between two commands: every beginning of a block that ends with
 * a line with which a command ends, but the block itself. Within a loop, or within ( ... ), no command has ended.
 *
 * @returns beginnings, the shortest first; none of a block of one command
 * @throws LabBroken when the toolbox can't tell
 */
export async function cutOffs(toolbox: Toolbox, script: string): Promise<string[]> {
  const lines = script.replace(/\n+$/, '').split('\n')
  const beginnings = lines.slice(0, -1).map((_, index) => `${lines.slice(0, index + 1).join('\n')}\n`)
  // A line that ends in a backslash is half a command, which bash would take for a whole one.
  const candidates = beginnings.filter((each) => !/\\\n$|(^|\n)\s*(#.*)?\n$/.test(each))
  if (candidates.length === 0) return []
  const whole = new Set((await parsing(toolbox, candidates)).map(Number))
  return candidates.filter((_, index) => whole.has(index))
}

/** The numbers of those that bash can read to their end, without a here-document that goes on. */
async function parsing(toolbox: Toolbox, candidates: readonly string[]): Promise<string[]> {
  const probe = candidates.map((text, index) => {
    const encoded = Buffer.from(text).toString('base64')
    return `said=$(base64 -d <<<${encoded} | bash -n 2>&1) && [ -z "$said" ] && echo ${index}`
  })
  const result = await runBlock(toolbox, `${probe.join('\n')}\ntrue\n`, {
    deadline: { name: 'a look at where a block can be cut off', ms: 20_000 },
  })
  if (result.exitCode === 0) return textOf(result).match(/^\d+$/gm) ?? []
  throw new LabBroken('RBK_CUT_OFF', {
    attempted: 'The toolbox could not tell where the block can be cut off',
    got: textOf(result),
  })
}
