import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkout } from '../lab/home'
import { goodPage } from '../lint/testing/good-page'
import { type TemporaryCheckout, temporaryCheckout } from './checkout'

const bootstrap = ['support/cli/bootstrap.cjs', 'run']

/** Stands where the harness stands, to see what the bootstrap hands on. */
function withMain(text: string): TemporaryCheckout {
  const made = temporaryCheckout({})
  writeFileSync(join(made.folder, 'support/cli/main.ts'), text)
  return made
}

/** Has `npm` be a script: installing for real takes half a minute and a registry. */
function useNpm(made: TemporaryCheckout, script: string): void {
  writeFileSync(join(made.folder, 'bin/npm'), `#!/bin/sh\n${script}\n`)
}

/** Changes package-lock.json as a pull does. */
function askForOther(made: TemporaryCheckout): void {
  const file = join(made.folder, 'package-lock.json')
  const lock = JSON.parse(readFileSync(file, 'utf8'))
  lock.packages['node_modules/commander'].version = '0.0.1'
  writeFileSync(file, JSON.stringify(lock))
}

describe('bootstrap', () => {
  it('starts the pinned Node with the arguments as they are, the tools first on its PATH', async () => {
    using made = withMain(
      'console.log(JSON.stringify([process.version, process.cwd(), process.env.PATH?.split(":")[0], ...process.argv.slice(2)]))',
    )
    const { output, exitCode } = await made.run('node', [...bootstrap, '--tags', '@a and @b', ''])
    const pinned = JSON.parse(readFileSync(join(checkout, 'node_modules/node/package.json'), 'utf8')).version
    expect(JSON.parse(output)).toEqual([
      `v${pinned}`,
      made.folder,
      join(made.folder, 'node_modules/.bin'),
      'run',
      '--tags',
      '@a and @b',
      '',
    ])
    expect(exitCode).toBe(0)
  })

  it('ends as its child ends: with its code, or by its signal', async () => {
    using coded = withMain('process.exit(42)')
    expect(await coded.run('node', bootstrap)).toMatchObject({ exitCode: 42 })
    using killed = withMain("process.kill(process.pid, 'SIGKILL')")
    expect(await killed.run('node', bootstrap)).toMatchObject({ signal: 'SIGKILL' })
  })

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('hands on %s, once', async (signal) => {
    using made = withMain(
      `let times = 0; process.on('${signal}', () => { times += 1; setTimeout(() => process.exit(10 + times), 200) }); setInterval(() => {}, 1000); console.log('ready')`,
    )
    const child = spawn('node', bootstrap, { cwd: made.folder, stdio: ['ignore', 'pipe', 'inherit'] })
    const ended = once(child, 'exit')
    await once(child.stdout, 'data')
    child.kill(signal)
    expect(await ended).toEqual([11, null])
  })

  it('installs what is missing, once, when two start at the same time', async () => {
    using made = withMain("console.log('started')")
    const npm = `echo "$@" >>npm.log; sleep 0.5; ln -s ${join(checkout, 'node_modules')} node_modules`
    rmSync(join(made.folder, 'node_modules'))
    useNpm(made, npm)
    const both = await Promise.all([made.run('node', bootstrap), made.run('node', bootstrap)])
    expect(both.map(({ exitCode }) => exitCode)).toEqual([0, 0])
    for (const { output } of both) expect(output).toContain('started')
    expect(readFileSync(join(made.folder, 'npm.log'), 'utf8')).toMatch(/^ci [^\n]*\n$/)
  })

  it('installs anew when package-lock.json asks for something else', async () => {
    using made = withMain("console.log('started')")
    askForOther(made)
    const present = readFileSync(join(made.folder, 'node_modules', '.package-lock.json'))
    rmSync(join(made.folder, 'node_modules'))
    mkdirSync(join(made.folder, 'node_modules'))
    writeFileSync(join(made.folder, 'node_modules', '.package-lock.json'), present)
    useNpm(made, 'exit 7')
    expect(await made.run('node', bootstrap)).toMatchObject({
      exitCode: 3,
      output: expect.stringContaining('got       npm ci: exit code 7'),
    })
  })

  it('installs nothing where node_modules is a link: what it leads to would be emptied', async () => {
    using made = withMain("console.log('started')")
    askForOther(made)
    useNpm(made, 'touch npm.log')
    expect(await made.run('node', bootstrap)).toMatchObject({
      exitCode: 3,
      output: expect.stringContaining(`installing here would empty ${join(checkout, 'node_modules')}`),
    })
    expect(existsSync(join(made.folder, 'npm.log'))).toBe(false)
  })

  it('says what to do when the package "node" came without its binary', async () => {
    using made = withMain('')
    rmSync(join(made.folder, 'node_modules'))
    useNpm(made, `mkdir node_modules; cp ${join(checkout, 'node_modules/.package-lock.json')} node_modules`)
    expect(await made.run('node', bootstrap)).toMatchObject({
      exitCode: 3,
      output: expect.stringContaining('The pinned Node.js is missing'),
    })
  })
})

describe('npx', () => {
  it('finds both commands in the checkout, and gives the exit codes of the gate', async () => {
    using made = temporaryCheckout({
      'features/one.feature': goodPage({ check: 'Scenario: one\n  Given the lab breaks' }),
      'steps/all.steps.ts':
        "import { Given } from '@cucumber/cucumber'\nimport { LabBroken } from '../support/errors'\nGiven('the lab breaks', () => { throw new LabBroken('RBK_TEST', { attempted: 'Nothing' }) })\n",
    })
    // npx keeps a link to each checkout's own commands in npm's cache.
    const env = { npm_config_cache: join(made.folder, 'npm-cache') }
    const runbook = await made.run('npx', ['--offline', 'runbook', 'run'], env)
    const cucumber = await made.run('npx', ['--offline', 'cucumber-js', 'features/one.feature:12'], env)
    expect([runbook.exitCode, cucumber.exitCode]).toEqual([3, 3])
  })
})
