import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

/** What a lab of that name says of labels: the name is read once, when a process starts. */
function inLab(name: string, ...labelled: string[]): unknown {
  const script = `const { isOurs, laneName } = require('./home')
    console.log(JSON.stringify([laneName(1), ...${JSON.stringify(labelled)}.map(isOurs)]))`
  const args = ['--require', join(__dirname, '..', 'typescript.cjs'), '--eval', script]
  const env = { ...process.env, RUNBOOK_LAB: name }
  return JSON.parse(execFileSync(process.execPath, args, { cwd: __dirname, env, encoding: 'utf8' }))
}

describe('a lab beside others', () => {
  const labelled = ['runbook-lab-0', 'runbook-lab-alice-0', 'runbook-lab-al-0', 'build', 'test']

  it('without a name knows its own lanes, and what builds and tests left', () => {
    expect(inLab('', ...labelled)).toEqual(['runbook-lab-1', true, false, false, true, true])
  })

  it('with a name knows its own lanes and nothing else', () => {
    expect(inLab('alice', ...labelled)).toEqual(['runbook-lab-alice-1', false, true, false, false, false])
  })

  it('has a name that a cluster can have', () => {
    expect(() => inLab('Alice & Bob')).toThrow(/RUNBOOK_LAB is "Alice & Bob"/)
  })
})
