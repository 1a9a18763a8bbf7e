import { examine } from '../lab/machine'

/** `runbook doctor`: checks what a run needs, a line each, with the command that mends what is wrong. */
export async function doctor(): Promise<number> {
  const findings = await examine()
  for (const { what, well, found, mend } of findings) {
    console.log(`${well ? 'ok  ' : 'BAD '} ${what.padEnd(12)} ${found}`)
    if (!well && mend) console.log(`                  ${mend}`)
  }
  const bad = findings.filter(({ well }) => !well).length
  console.log(
    bad === 0
      ? '\nA run has all that it needs.'
      : `\n${bad} of ${findings.length} need mending before a run.`,
  )
  return bad === 0 ? 0 : 3
}
