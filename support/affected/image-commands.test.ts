import { describe, expect, it } from 'vitest'
import { names } from './testing/small-checkout'

describe('what a command is', () => {
  const runs = (script: string) =>
    names('fixtures/images/tool/restore', { 'support/slow.ts': script }).includes('slow')

  it.each([
    'exec(["restore", "--list"])',
    `exec(\`kubectl exec shell -- restore\${only}\`)`,
    'exec("cd /x && A=1 restore --list")',
    `exec("bash -c 'restore'")`,
    'exec(`list=$(restore --list)`)',
    'exec("/opt/tool/restore")',
  ])('%s runs it', (script) => {
    expect(runs(script)).toBe(true)
  })

  it.each([
    'throw new Broken({ attempted: "restore" })',
    'const env = { NATS_USER: "restore" }',
    'exec("NATS_USER=restore nats stream ls")',
    'say("the restore took too long")',
    'read("restore.json")',
    '// restore --list',
  ])('%s does not', (script) => {
    expect(runs(script)).toBe(false)
  })
})
