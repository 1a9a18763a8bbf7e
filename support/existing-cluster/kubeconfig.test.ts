import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { onlyContext } from './kubeconfig'

const folder = mkdtempSync(join(tmpdir(), 'runbook-kubeconfig-'))
afterAll(() => rmSync(folder, { recursive: true }))
const kubeconfig = join(folder, 'config')
const staging = 'https://10.0.0.1:6443'

function write(user: object = { token: 'of staging' }, cluster: object = {}): void {
  const text = stringify({
    'current-context': 'production',
    contexts: [
      { name: 'production', context: { cluster: 'production', user: 'root' } },
      { name: 'staging', context: { cluster: 'staging', user: 'me', namespace: 'kgents-agents' } },
    ],
    clusters: [
      { name: 'production', cluster: { server: 'https://10.0.0.9:6443' } },
      { name: 'staging', cluster: { server: staging, ...cluster } },
    ],
    users: [
      { name: 'root', user: { token: 'of production' } },
      { name: 'me', user },
    ],
  })
  writeFileSync(kubeconfig, text)
}

function only(context = 'staging', server = staging): string {
  return onlyContext({ name: 'staging', kubeconfig, context, server })
}

describe('the operator’s kubeconfig for an existing cluster', () => {
  it('holds the allowed context and nothing of any other', () => {
    write()
    expect(parse(only())).toEqual({
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': 'staging',
      contexts: [
        { name: 'staging', context: { cluster: 'staging', user: 'me', namespace: 'kgents-agents' } },
      ],
      clusters: [{ name: 'staging', cluster: { server: staging } }],
      users: [{ name: 'me', user: { token: 'of staging' } }],
    })
    expect(only()).not.toContain('production')
  })

  it('has in it what the other one had in files beside it', () => {
    writeFileSync(join(folder, 'ca.crt'), 'authority')
    writeFileSync(join(folder, 'token'), 'of a file\n')
    write({ tokenFile: 'token' }, { 'certificate-authority': 'ca.crt' })
    const { clusters, users } = parse(only())
    expect(clusters[0].cluster).toEqual({
      server: staging,
      'certificate-authority-data': Buffer.from('authority').toString('base64'),
    })
    expect(users[0].user).toEqual({ token: 'of a file' })
  })

  it('takes an address with a slash at its end for the same', () => {
    write(undefined, { server: `${staging}/` })
    expect(only()).toContain(staging)
  })

  it('is refused when a file that it names is gone', () => {
    write({ tokenFile: 'gone' })
    expect(() => only()).toThrow(/can't be read[\s\S]*gone/)
  })

  it('is refused when the context leads elsewhere', () => {
    write()
    expect(() => only('production')).toThrow(
      /leads to another cluster than the file of staging allows; nothing was asked of it[\s\S]*10\.0\.0\.1[\s\S]*10\.0\.0\.9/,
    )
  })

  it('is refused when there is no such context, with those that there are', () => {
    write()
    expect(() => only('stagin')).toThrow(/no context "stagin"[\s\S]*production, staging/)
  })

  it('is refused when access comes from a program that the toolbox lacks', () => {
    write({ exec: { command: 'aws' } })
    expect(() => only()).toThrow('gets its access from a program ("exec")')
  })

  it('is refused when there is no kubeconfig', () => {
    writeFileSync(kubeconfig, '')
    expect(() => only()).toThrow('contexts: none')
    rmSync(kubeconfig)
    expect(() => only()).toThrow(`The kubeconfig ${kubeconfig} can't be read`)
  })
})
