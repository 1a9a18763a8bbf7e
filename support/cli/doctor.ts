import { examine, type Finding } from '../lab/machine'
import { canInstallEngine, onPath } from '../lab/private-engine'

/** `runbook doctor`: checks what a run needs, a line each, with the command that mends what is wrong. */
export async function doctor(): Promise<number> {
  const findings = [...(await examine()), await shellcheck()]
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

/** Only `runbook lint` and `npm test` need it; `npm test` installs it where it may. */
async function shellcheck(): Promise<Finding> {
  const there = await onPath('shellcheck')
  const well = there || canInstallEngine().ok
  const found = there
    ? 'there'
    : well
      ? 'missing; npm test installs it'
      : 'missing; runbook lint and npm test need it'
  return { what: 'shellcheck', well, found, mend: 'install it: apt-get, dnf or brew install shellcheck' }
}
