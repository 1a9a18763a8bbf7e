import { execa } from 'execa'

/**
 * Runs two commands, the first one's output being the second one's input, with no bytes kept here.
 *
 * @returns whether either failed, and what both said besides
 */
export async function pipe(
  [source = '', ...sourceArgs]: readonly string[],
  [sink = '', ...sinkArgs]: readonly string[],
): Promise<{ failed: boolean; output: string }> {
  const from = execa(source, sourceArgs, { reject: false, buffer: { stdout: false } })
  const to = await from.pipe(sink, sinkArgs, { reject: false, all: true })
  const written = await from
  return { failed: to.failed || written.failed, output: `${written.stderr}\n${to.all}`.trim() }
}
