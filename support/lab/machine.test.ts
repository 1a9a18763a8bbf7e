import { describe, expect, it } from 'vitest'
import { LabBroken } from '../errors'
import { capability, enough, examine, requireAll } from './machine'

describe('what a run needs of the machine', () => {
  it('refuses a machine with too little disk or memory, naming each and what mends it', () => {
    const findings = [
      enough('memory', 2, 4, '2 GiB', 'free -h'),
      enough('disk', 3, 12, '3 GiB free at /var/lib', 'export RUNBOOK_HOME=/big'),
      enough('cgroups', 1, 1, 'version 1', ''),
    ]
    expect(() => requireAll(findings)).toThrowError(LabBroken)
    expect(() => requireAll(findings)).toThrowErrorMatchingInlineSnapshot(`
      [LabBroken: This machine lacks something that a lab needs
        got       memory: 2 GiB; 4 GiB is enough
                  disk: 3 GiB free at /var/lib; 12 GiB is enough
        next      Mend it, then start again:
        repeat    free -h
                  export RUNBOOK_HOME=/big]
    `)
  })

  it('lets a machine pass that has what is needed', () => {
    expect(() => requireAll([enough('memory', 4, 4, '4 GiB', '')])).not.toThrow()
  })

  it('judges no engine of others by what its user may do', async () => {
    expect(await capability('found', false)).toMatchObject({ well: true })
  })

  it('examines this machine, every finding with something to read', async () => {
    const findings = await examine()
    expect(findings.map(({ what }) => what)).toEqual(
      expect.arrayContaining(['Node', 'engine', 'memory', 'disk', 'cgroups', 'images']),
    )
    expect(findings.every(({ found }) => found.length > 0)).toBe(true)
  })
})
