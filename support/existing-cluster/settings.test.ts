import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { HarnessMisused } from '../errors'
import { readSettings, secretsOf } from './settings'

const folder = mkdtempSync(join(tmpdir(), 'runbook-cluster-'))
afterAll(() => rmSync(folder, { recursive: true }))

const good = `
context: staging-admin
server: https://10.0.0.1:6443/
nats: { server: "nats://10.0.0.2:4222", user: app, password: $STAGING_NATS }
toolbox:
  AWS_REGION: eu-central-1
  AWS_SECRET_ACCESS_KEY: $STAGING_KEY
allow: [restore-drill]
`
const shell = { STAGING_NATS: 'nats of staging', STAGING_KEY: 'key of staging', KUBECONFIG: '' }

function read(text: string, environment: NodeJS.ProcessEnv = shell) {
  const file = join(folder, 'staging.yaml')
  writeFileSync(file, text)
  return readSettings(file, environment)
}

function complaint(text: string, environment?: NodeJS.ProcessEnv): string {
  try {
    read(text, environment)
  } catch (error) {
    if (error instanceof HarnessMisused) return error.account.got ?? ''
  }
  return expect.fail('it was taken')
}

describe('the file of an existing cluster', () => {
  it('says how it is reached, and takes secrets from the shell', () => {
    expect(read(good)).toEqual({
      name: 'staging',
      kubeconfig: join(homedir(), '.kube', 'config'),
      context: 'staging-admin',
      server: 'https://10.0.0.1:6443',
      nats: { name: 'NATS', server: 'nats://10.0.0.2:4222', user: 'app', password: 'nats of staging' },
      secondSite: undefined,
      toolbox: { AWS_REGION: 'eu-central-1', AWS_SECRET_ACCESS_KEY: 'key of staging' },
      allow: ['restore-drill'],
    })
  })

  it('knows what of it no report may show', () => {
    expect(secretsOf(read(good))).toEqual([
      { name: 'nats.password', value: 'nats of staging' },
      { name: 'toolbox.AWS_SECRET_ACCESS_KEY', value: 'key of staging' },
    ])
  })

  it('names a kubeconfig beside itself, or leaves that to KUBECONFIG', () => {
    expect(read(`${good}kubeconfig: access/config`).kubeconfig).toBe(join(folder, 'access', 'config'))
    expect(read(good, { ...shell, KUBECONFIG: '/etc/kube' }).kubeconfig).toBe('/etc/kube')
  })

  it('allows nothing to be changed unless it says so', () => {
    expect(read(good.replace(/^allow.*$/m, '')).allow).toEqual([])
  })

  it.each([
    ['context: staging-admin', '', 'context: missing, or not a text'],
    ['context', 'contexts', 'contexts: not known here; did you mean context?'],
    ['user: app', 'usr: app', 'nats.usr: not known here; did you mean user?'],
    ['allow: [restore-drill]', 'allow: all', 'allow: a list of runbooks is expected: [restore-drill]'],
    [/nats: .*/, 'nats: nats://10.0.0.2', 'nats: lines of "name: value" are expected'],
    [
      '$STAGING_KEY',
      '$OTHER',
      "AWS_SECRET_ACCESS_KEY: $OTHER is asked for, and isn't set in this shell: export OTHER=…",
    ],
  ])('is refused with %s as %s', (was, is, told) => {
    expect(complaint(good.replace(was, is))).toContain(told)
  })

  it('is refused when it is not YAML, or not there', () => {
    expect(() => read('context: [')).toThrow("staging.yaml can't be read")
    expect(() => readSettings(join(folder, 'gone.yaml'))).toThrow("gone.yaml can't be read")
  })
})
