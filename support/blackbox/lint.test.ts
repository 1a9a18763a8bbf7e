import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { goodPage, withBlock } from '../lint/testing/good-page'
import { temporaryCheckout } from './checkout'

const good = goodPage({ check: withBlock('kubectl get pods -n kgents-agents') })
const wrong = good.replace('kubectl', '$ kubectl').replace('**Escalate** nobody.', 'Ask somebody.')

describe.concurrent('runbook lint', () => {
  it('finds nothing in a good page', async () => {
    using made = temporaryCheckout({ 'features/x/good.feature': good })
    expect(await made.runbook('lint')).toEqual({
      exitCode: 0,
      signal: undefined,
      output: 'Nothing to mend: 1 runbook, 1 command block',
    })
  })

  it('says what is wrong on purpose: where, what, how to mend it and by which rule', async () => {
    using made = temporaryCheckout({ 'features/x/wrong.feature': wrong })
    const { exitCode, output } = await made.runbook('lint', 'features/x', '--sarif', 'out/lint.sarif')
    expect(exitCode).toBe(2)
    expect(output).toContain("features/x/wrong.feature:2   the page doesn't say **Escalate**\n")
    expect(output).toMatch(
      /^features\/x\/wrong\.feature:15 {2}the line begins with a prompt: \$\n {29}publish what is typed.* {2}\[prompt\]$/m,
    )
    const sarif = JSON.parse(readFileSync(join(made.folder, 'out/lint.sarif'), 'utf8'))
    expect(sarif.runs[0].results).toContainEqual(expect.objectContaining({ ruleId: 'page-fields' }))
  })

  it('shows each finding beside its line in a job of GitHub Actions, also when a run refuses them', async () => {
    using made = temporaryCheckout({ 'features/x/wrong.feature': wrong })
    const line =
      '::error file=features/x/wrong.feature,line=15,title=prompt::the line begins with a prompt: $%0A'
    for (const command of ['lint', 'run']) {
      const args = ['support/cli/bootstrap.cjs', command]
      expect((await made.run('node', args, { GITHUB_ACTIONS: 'true' })).output).toContain(line)
      expect((await made.run('node', args, { GITHUB_ACTIONS: '' })).output).not.toContain('::error')
    }
  })

  it('mends what can only be meant one way', async () => {
    using made = temporaryCheckout({ 'features/x/wrong.feature': wrong })
    const { exitCode, output } = await made.runbook('lint', '--fix')
    expect({ exitCode, output }).toEqual({
      exitCode: 2,
      output: expect.stringMatching(
        /^Mended: features\/x\/wrong\.feature:15 \[prompt\]\n\n.*\n.*\n\none thing to mend$/,
      ),
    })
    expect(readFileSync(join(made.folder, 'features/x/wrong.feature'), 'utf8')).toContain(
      '\n        kubectl get pods',
    )
  })

  it('refuses paths that select nothing', async () => {
    using made = temporaryCheckout({ 'features/x/good.feature': good })
    for (const path of ['features/nosuch.feature', 'support', 'package.json']) {
      expect(await made.runbook('lint', path)).toMatchObject({
        exitCode: 2,
        output: expect.stringContaining(`Nothing was looked at: ${path}`),
      })
    }
  })

  it('shows nothing without shellcheck, and says how to install it; a run does without', async () => {
    using made = temporaryCheckout({ 'features/x/good.feature': good, 'features/x/bad.feature': '' })
    const main = ['--require', './support/typescript.cjs', 'support/cli/main.ts']
    const without = (...args: string[]) =>
      made.run(process.execPath, [...main, ...args], { PATH: join(made.folder, 'bin') })
    expect(await without('lint', 'features/x/good.feature')).toMatchObject({
      exitCode: 3,
      output: expect.stringMatching(/shellcheck is missing\n.*\n {2}repeat {4}apt-get install -y shellcheck/),
    })
    const refused = { exitCode: 2, output: expect.stringContaining('features/x/bad.feature:1  no scenario') }
    expect(await without('lint')).toMatchObject(refused)
    expect(await without('run')).toMatchObject(refused)
  })
})
