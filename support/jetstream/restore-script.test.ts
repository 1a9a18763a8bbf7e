import { execFileSync } from 'node:child_process'
import { copyFileSync, readFileSync, truncateSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { brokenPromises, compare } from '../ledger/compare'
import type { Ledger } from '../ledger/ledger'
import { type BackupScripts, passwords, usersConfig } from './backup-scripts'
import { JetStream } from './connection'
import { mainStream, publishDataset } from './dataset'
import { EmptySite } from './empty-site'
import { LocalServers } from './local-servers'
import { closedAfterAll, scriptsAtServers } from './scripts-at-servers'

let cluster: LocalServers
let second: LocalServers
let origin: JetStream
let target: JetStream
let scripts: BackupScripts
let ledger: Ledger
let archive: string
const restore = (...args: string[]) => scripts.restore(args, { NATS_URL: second.site.server })

const closing = closedAfterAll()

beforeAll(async () => {
  ;({ servers: cluster, jetstream: origin, scripts } = await scriptsAtServers(closing, 3))
  second = closing.use(await LocalServers.start(1, unrestricted))
  target = closing.use(await JetStream.open(second.site))
  ledger = await publishDataset(origin, 'scripts')
  const made = await scripts.backup()
  expect(made.output).toMatch(/^backup: succeeded in \d+ s: nats-\d{8}T\d{6}Z\.tar\.gz$/m)
  archive = scripts.archives[0] ?? ''
})

const unrestricted = `authorization { users: [
  { user: app, password: "${passwords.app}" }, { user: restore, password: "${passwords.restore}" } ] }`

describe('restore', () => {
  it('brings every message and consumer of a cluster to a single server', async () => {
    const { output, exitCode } = await restore()
    expect(output).toMatch(/^restored: AGENTESE +977 messages +2 consumers +sequences 1 to 1000$/m)
    expect(output).toContain('replicas: 1, since the target is a single server')
    expect(exitCode).toBe(0)
    expect(brokenPromises(await compare(ledger, target, 'restored'))).toEqual([])
    expect(scripts.leavesNothing).toBe(true)
  })

  it('refuses streams that exist, and changes nothing', async () => {
    const { output, exitCode } = await restore()
    expect(output).toContain(
      'restore failed: streams exist at the target; nothing was changed: AGENTESE AUDIT',
    )
    expect(exitCode).toBe(31)
  })

  it('makes room for a drill, but not in the NATS that the archive comes from', async () => {
    const own = await scripts.restore(['--drill', '--stream', 'AUDIT'])
    expect(own.output).toContain('the target of the drill is the NATS that the archive comes from')
    expect(own.exitCode).toBe(32)
    const drill = await restore('--drill', '--stream', 'AUDIT')
    expect(drill.output).toMatch(/drill: removed stream AUDIT of the last drill[\s\S]*restored: AUDIT/)
    expect(brokenPromises(await compare(ledger, target, 'restored'))).toEqual([])
  })

  it('restores one stream and leaves the others', async () => {
    await new EmptySite(target).putBack()
    expect((await restore('--stream', 'AUDIT')).exitCode).toBe(0)
    expect((await target.manager.streams.names().next()).length).toBe(1)
  })

  it('names a stream or an archive that is not there', async () => {
    expect(await restore('--stream', 'NOPE')).toMatchObject({ exitCode: 30 })
    const absent = await restore('--archive', 'nats-20200101T000000Z.tar.gz')
    expect(absent.output).toContain('there is no archive nats-20200101T000000Z.tar.gz (local)')
    expect(absent.exitCode).toBe(30)
  })
})

describe('a restore that breaks off', () => {
  const into = async (users: string, ...args: string[]) => {
    await using mute = await LocalServers.start(1, users)
    const at = { NATS_URL: mute.site.server }
    return whatIsLeft(await scripts.restore(['--stream', 'AUDIT', ...args], at))
  }

  it('says that a stream was made when it could not be verified, and how to go on', async () => {
    const { left, goOn, exitCode } = await into(usersConfig().replaceAll('"$JS.API.CONSUMER.LIST.*"', ''))
    expect(left).toBe('  left: stream AUDIT, not verified (complete: none; not begun: none)')
    expect(goOn).toBe(
      `  then: restore --from local --archive ${archive} --stream AUDIT --replace --confirm AUDIT`,
    )
    expect(exitCode).toBe(11)
  })

  it('names no stream to be replaced in a drill, which makes room by itself', async () => {
    const users = usersConfig().replaceAll('"$JS.API.CONSUMER.LIST.*"', '')
    const { goOn } = await into(users, '--drill')
    expect(goOn).toBe(`  then: restore --from local --archive ${archive} --drill --stream AUDIT`)
  })

  it('says that there may be one, where NATS cannot be asked', async () => {
    const silent = `
if [[ $* == *'backup restore stream'* || $* == *STREAM.INFO* ]]; then echo 'nats: error: timeout' >&2; exit 1; fi
exec "$NATS" "$@"`
    const putBack = scripts.inPlaceOfNats(silent)
    const { left, goOn } = await into(usersConfig())
    putBack()
    expect(left).toContain('stream AUDIT, perhaps half-made: NATS cannot be asked')
    expect(goOn).toMatch(/ --stream AUDIT --replace --confirm AUDIT$/)
  })

  it('says that a stream may be removed, when that was not answered', async () => {
    await using server = await LocalServers.start(1, usersConfig())
    const at = { NATS_URL: server.site.server }
    expect(await scripts.restore(['--stream', 'AUDIT'], at)).toMatchObject({ exitCode: 0 })
    await server.reconfigure(usersConfig().replaceAll('"$JS.API.STREAM.DELETE.*"', ''))
    const args = ['--stream', 'AUDIT', '--replace', '--confirm', 'AUDIT']
    const { left, goOn, exitCode } = whatIsLeft(await scripts.restore(args, at))
    expect(left).toBe('  left: stream AUDIT, perhaps removed (complete: none; not begun: none)')
    expect(goOn).toMatch(/ --stream AUDIT --replace --confirm AUDIT$/)
    expect(exitCode).toBe(10)
  })

  it('says that it made none', async () => {
    // The CLI writes in pieces; here the last one comes when whoever wants only the first has gone.
    const slow = '"$NATS" "$@" || exit; [[ $* != *STREAM.INFO* ]] || { sleep 0.2; echo; }'
    const putBack = scripts.inPlaceOfNats(slow)
    const { left, goOn, exitCode } = await into(usersConfig().replace('"$JS.API.STREAM.RESTORE.*"', ''))
    putBack()
    expect(left).toContain('no stream AUDIT, as far as NATS says')
    expect(goOn).toBe(`  then: restore --from local --archive ${archive} --stream AUDIT`)
    expect(exitCode).toBe(33)
  })

  it('says which streams are complete; the command that it prints does the rest', async () => {
    const one = usersConfig().replace('"$JS.API.STREAM.RESTORE.*"', '"$JS.API.STREAM.RESTORE.AGENTESE"')
    await using server = await LocalServers.start(1, one)
    const at = { NATS_URL: server.site.server }
    const broken = await scripts.restore(['--stream', 'AGENTESE', '--stream', 'AUDIT'], at)
    expect(broken.output).toContain('(complete: AGENTESE; not begun: none)')
    expect(broken.exitCode).toBe(33)
    await server.reconfigure(usersConfig())
    const command = lineOf(broken.output, '  then: restore ') ?? ''
    const rest = await scripts.restore(command.split(' ').slice(4), at)
    expect(rest.output).toMatch(/^restored: AUDIT/m)
    expect(rest.exitCode).toBe(0)
  })
})

describe('an archive that is damaged', () => {
  const name = 'nats-20200101T000000Z.tar.gz'
  const size = () => readFileSync(scripts.path(archive)).length
  const unread = 'it cannot be read to its end: gzip: '
  /** By what is wrong: what is said of it, and how it is made. */
  const damages: Record<string, [why: string, damage: () => void]> = {
    'is empty': ['the file is empty', () => truncateSync(scripts.path(name))],
    'is cut off': [unread, () => truncateSync(scripts.path(name), size() >> 1)],
    'has a flipped byte': [unread, () => scripts.put(name, flipped())],
    'has a stream that is another': [
      'not as its manifest says: streams/AGENTESE/stream.arc.s2',
      () => repack('cp streams/AUDIT/stream.arc.s2 streams/AGENTESE/'),
    ],
    'lacks a file': [
      'not as its manifest says: streams/AUDIT/backup.json',
      () => repack('rm streams/AUDIT/backup.json'),
    ],
    'has no manifest': ['no manifest can be read from it: tar: ', () => repack('rm manifest.json')],
  }

  function flipped(): Buffer {
    const bytes = readFileSync(scripts.path(name))
    bytes.writeUInt8(bytes.readUInt8(size() >> 1) ^ 1, size() >> 1)
    return bytes
  }

  function repack(change: string): void {
    const folder = scripts.path('unpacked')
    const steps = [`mkdir ${folder}`, `cd ${folder}`, `tar -xzf ../${name}`, change, `tar -czf ../${name} *`]
    execFileSync('bash', ['-c', [...steps, `rm -r ${folder}`].join(' && ')])
  }

  it.each(Object.entries(damages))('%s: refused before the server is touched', async (_, [why, damage]) => {
    await new EmptySite(target).putBack()
    copyFileSync(scripts.path(archive), scripts.path(name))
    damage()
    const { output, exitCode } = await restore('--archive', name)
    const refused = `restore failed: the archive ${name} is damaged; nothing was changed`
    expect(output).toContain(`${refused}\n   why: ${why}`)
    expect(exitCode).toBe(14)
    expect(await new EmptySite(target).difference()).toEqual([])
  })
})

describe('the NATS users of the backups and of the restores', () => {
  it.each([
    ['backup', ['STREAM.DELETE', 'STREAM.PURGE', 'STREAM.UPDATE', 'STREAM.RESTORE']],
    ['restore', ['STREAM.PURGE', 'STREAM.CREATE']],
  ] as const)('%s can neither publish, nor %j, nor listen to others', async (name, forbidden) => {
    const user = { ...cluster.site, user: name, password: passwords[name] }
    const { connect } = await import('nats')
    const connection = await connect({
      servers: user.server,
      user: user.user,
      pass: user.password,
      inboxPrefix: `_INBOX_${name}`,
    })
    const refused: string[] = []
    void (async () => {
      for await (const status of connection.status()) refused.push(String(status.permissionContext?.subject))
    })()
    const subjects = ['agentese.x', ...forbidden.map((verb) => `$JS.API.${verb}.${mainStream.name}`)]
    for (const subject of subjects) connection.publish(subject)
    for (const subject of ['_INBOX.>', 'agentese.>']) connection.subscribe(subject, { callback: () => {} })
    await expect.poll(() => refused).toEqual(expect.arrayContaining([...subjects, '_INBOX.>', 'agentese.>']))
    await connection.close()
    expect(brokenPromises(await compare(ledger, origin, 'origin'))).toEqual([])
  })

  it('can restore into the cluster, with the replicas that were archived', async () => {
    await origin.manager.streams.delete('AUDIT')
    const { exitCode, output } = await scripts.restore(['--stream', 'AUDIT'])
    expect(output).not.toContain('replicas: 1')
    expect(exitCode).toBe(0)
    const broken = brokenPromises(await compare(ledger, origin, 'origin'))
    expect(broken.filter((line) => line.includes('AUDIT'))).toEqual([])
  })
})

describe('consumers of more replicas than the target has servers', () => {
  it('are named, and nothing is changed', async () => {
    await origin.manager.consumers.add('AGENTESE', { durable_name: 'thrice', num_replicas: 3 })
    expect(await scripts.backup()).toMatchObject({ exitCode: 0 })
    await new EmptySite(target).putBack()
    const { output, exitCode } = await restore('--stream', 'AGENTESE')
    expect(output).toContain(
      'consumers ask for more replicas than their stream would have; nothing was changed',
    )
    expect(output).toContain('why: thrice of AGENTESE (3)')
    expect(exitCode).toBe(32)
    expect(await new EmptySite(target).difference()).toEqual([])
  })
})

function whatIsLeft({ output, exitCode }: { output: string; exitCode: number | undefined }) {
  return { exitCode, left: lineOf(output, '  left: '), goOn: lineOf(output, '  then: ') }
}

function lineOf(output: string, start: string): string | undefined {
  return output.split('\n').find((line) => line.startsWith(start))
}
