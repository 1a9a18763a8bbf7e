import { beforeAll, describe, expect, it } from 'vitest'
import { BackupScripts, type Ended } from './backup-scripts'
import { closedAfterAll } from './scripts-at-servers'

/** Nobody is asked: what is wrong with a command is told before that. */
const nowhere = 'nats://127.0.0.1:1'

let scripts: BackupScripts

const closing = closedAfterAll()

beforeAll(async () => {
  scripts = closing.use(await BackupScripts.open(nowhere))
})

type Settings = Readonly<Record<string, string>>

const runs: Readonly<Record<string, (args: readonly string[], settings?: Settings) => Promise<Ended>>> = {
  backup: (args, settings) => scripts.backup(settings, args),
  'backup-status': (args, settings) => scripts.status(settings, args),
  restore: (args, settings) => scripts.restore(args, settings),
}
const run = (name: string, args: readonly string[], settings?: Settings) =>
  runs[name]?.(args, settings) ?? expect.fail(`no script ${name}`)

describe.each(Object.keys(runs))('%s', (name) => {
  it('says how it is used, and what its exit codes mean', async () => {
    const { exitCode, output } = await run(name, ['--help'])
    expect(output).toMatch(new RegExp(`^usage: ${name} `))
    expect(output).toMatch(/Exit code/)
    expect(exitCode).toBe(0)
  })

  it('says which argument it does not know, and where it is told how it is used', async () => {
    const { exitCode, output } = await run(name, ['--nosuch'])
    expect(output).toContain('--nosuch')
    expect(output).toContain(`next: ${name} --help`)
    expect(output).toContain('exit: 2 (usage)')
    expect(exitCode).toBe(2)
  })
})

it.each(Object.keys(runs))('%s says that it has no room of its own to work in', async (name) => {
  const { exitCode, output } = await run(name, [], { SCRATCH_DIR: '/nowhere' })
  expect(output).toContain(`${name} failed: the scratch volume /nowhere cannot be written`)
  expect(output).toMatch(/^ {3}why: failed to create directory via template .*: No such file or directory$/m)
  expect(output).toMatch(/^ {2}next: .*\n {2}exit: 15 \(volume\)$/m)
  expect(exitCode).toBe(15)
})

it('restore says that S3 is not set up, where there are no keys', async () => {
  const { exitCode, output } = await scripts.restore(['--list', '--from', 's3'])
  expect(output).toContain('why: no secret nats-backup-s3: S3 is not set up')
  expect(output).toContain('exit: 21 (offsite-refused)')
  expect(exitCode).toBe(21)
})

describe('restore refuses, before it asks anybody,', () => {
  it.each([
    ['another place', ['--from', 'tape'], '--from is "tape"'],
    ['ten replicas', ['--replicas', '10'], '--replicas is "10"'],
    ['what is no archive', ['--archive', 'yesterday'], '--archive is "yesterday"'],
    ['a version of what is not in S3', ['--version-id', 'x'], '--version-id is of one object in S3'],
    [
      'a version of no one archive',
      ['--from', 's3', '--version-id', 'x'],
      '--version-id is of one object in S3',
    ],
    ['an age without a unit that there is', ['--max-age', '3y'], '--max-age is "3y"'],
    ['to confirm what is not replaced', ['--confirm', 'AUDIT'], '--confirm is of no use alone'],
    ['a drill that replaces', ['--drill', '--replace'], '--drill and --replace exclude each other'],
  ])('%s', async (_, args, told) => {
    const { exitCode, output } = await scripts.restore(args)
    expect(output).toContain(`restore failed: ${told}`)
    expect(output).toContain('exit: 2 (usage)')
    expect(exitCode).toBe(2)
  })

  it('and takes a version of one archive in S3 for what it is', async () => {
    const args = ['--from', 's3', '--archive', 'nats-20261124T020003Z.tar.gz', '--version-id', 'x']
    expect((await scripts.restore(args)).output).not.toContain('usage')
  })
})
