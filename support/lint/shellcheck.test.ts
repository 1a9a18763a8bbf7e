import { chmodSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { KnownGood } from './known-good'
import { shellcheckFindings } from './shellcheck'
import { goodPage, withBlock } from './testing/good-page'
import { checkoutWith, pageOf, pageWithBlock, told } from './testing/linted'

const wrong = 'true\nfor f in $(ls); do rm $f; done'
const kept = 'node_modules/.cache/shellcheck'

afterEach(() => vi.unstubAllEnvs())

/** Stands where shellcheck stands, and notes how often it was called for blocks. */
function standIn(script: string): string {
  const root = checkoutWith({
    shellcheck: `#!/bin/sh\n[ "$2" = --version ] && { echo "$VERSION"; exit; }\n${script}\n`,
  })
  chmodSync(join(root, 'shellcheck'), 0o755)
  vi.stubEnv('PATH', `${root}:${process.env.PATH}`)
  vi.stubEnv('VERSION', '1')
  return root
}

describe('shellcheckFindings', () => {
  it('tells what shellcheck finds at the line of the file, for every block that has it', () => {
    const page = pageOf(
      goodPage({
        check: `${withBlock(wrong)}\n${withBlock('ls').replace('one', 'two')}\n${withBlock(wrong).replace('one', 'three')}`,
      }),
    )
    const { findings, unchecked } = shellcheckFindings([page], checkoutWith({}))
    expect(unchecked).toBeUndefined()
    expect(told(findings).filter((each) => each.includes('Double quote'))).toEqual([
      '16 Double quote to prevent globbing and word splitting.',
      '27 Double quote to prevent globbing and word splitting.',
    ])
    expect(findings.map(({ mend }) => mend)).toContain(
      'SC2086 is explained at https://www.shellcheck.net/wiki/SC2086',
    )
  })

  it.each([
    ['a file of the operator', '. ~/.aws/env\n. /etc/os-release'],
    ['a script for the shell in the pod', "kubectl exec x -- bash -c 'echo $HOME'"],
    ['a word that is the name of a file, too', 'kubectl get secrets | jq . >secrets'],
  ])('leaves out what makes no sense for a block that is pasted: %s', (_, block) => {
    expect(shellcheckFindings([pageWithBlock(block)], checkoutWith({})).findings).toEqual([])
  })

  it('advises against the exit that shellcheck advises for scripts', () => {
    const { findings } = shellcheckFindings([pageWithBlock('cd /tmp\nls')], checkoutWith({}))
    expect(findings).toMatchObject([
      { rule: 'shellcheck', mend: expect.stringContaining('closes the terminal') },
    ])
  })

  it('asks once for all blocks, and not again for one that was good with this version', () => {
    const root = standIn(`echo call >>"\${0%/*}/calls"; echo '{"comments": []}'`)
    const calls = () => readFileSync(join(root, 'calls'), 'utf8').trim().split('\n').length
    const pages = [pageWithBlock('ls a'), pageOf(goodPage({ check: withBlock('ls b') }))]
    shellcheckFindings(pages, root)
    shellcheckFindings(pages, root)
    expect(calls()).toBe(1)
    shellcheckFindings([pageWithBlock('ls c'), ...pages], root)
    expect(calls()).toBe(2)
    vi.stubEnv('VERSION', '2')
    shellcheckFindings(pages, root)
    expect(calls()).toBe(3)
  })

  it.each([
    ['SHELLCHECK_OPTS', { SHELLCHECK_OPTS: '-e SC2086' }],
    ['a .shellcheckrc', { HOME: checkoutWith({ '.shellcheckrc': 'disable=SC2086\n' }) }],
  ])('listens to no %s, which would switch rules off, and for good', (_, env) => {
    const root = checkoutWith({})
    const findings = () => told(shellcheckFindings([pageWithBlock('kubectl delete $POD')], root).findings)
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
    expect(findings()).toEqual([expect.stringContaining('Double quote')])
    vi.unstubAllEnvs()
    expect(findings()).toEqual([expect.stringContaining('Double quote')])
  })

  it('leaves alone what was kept while SHELLCHECK_OPTS was listened to', () => {
    const root = standIn(`echo call >>"\${0%/*}/calls"; echo '{"comments": []}'`)
    const excluded = 'SC1090,SC1091,SC2016,SC2094,SC1018,SC1100,SC1101,SC1110,SC1111,SC1112'
    const by = ['1\n', '--norc', '--shell=bash', `--exclude=${excluded}`, '--format=json1'].join('\n')
    new KnownGood(root, by).add(['ls'])
    shellcheckFindings([pageWithBlock('ls')], root)
    expect(readFileSync(join(root, 'calls'), 'utf8')).toBe('call\n')
  })

  it('keeps no block that is wrong', () => {
    const root = checkoutWith({})
    shellcheckFindings([pageWithBlock(wrong), pageWithBlock('ls')], root)
    expect(readdirSync(join(root, kept))).toHaveLength(1)
    expect(shellcheckFindings([pageWithBlock(wrong)], root).findings).not.toEqual([])
  })

  it('says when it is missing, with the command that installs it, or broken', () => {
    const root = standIn('echo "no such format" >&2; exit 4')
    expect(shellcheckFindings([pageWithBlock('ls')], root)).toMatchObject({
      findings: [],
      unchecked: { code: 'RBK_SHELLCHECK', account: { lastSeen: 'no such format\n' } },
    })
    vi.stubEnv('PATH', checkoutWith({}))
    expect(shellcheckFindings([pageWithBlock('ls')], root)).toMatchObject({
      findings: [],
      unchecked: { name: 'LabBroken', account: { repeat: 'apt-get install -y shellcheck' } },
    })
    expect(shellcheckFindings([pageOf(goodPage())], root)).toEqual({ findings: [] })
  })
})
