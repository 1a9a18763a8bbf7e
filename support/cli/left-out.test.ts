import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { expect, it } from 'vitest'
import { checkout } from '../lab/home'
import { leftOut, type VitestResults } from './left-out'

const suite = `import { describe, expect, it } from 'vitest'
it('passes', () => undefined)
it('fails', () => expect(1).toBe(2))
it.skip('is skipped', () => undefined)
it.todo('is to do')
it.runIf(false)('leaves itself out', () => undefined)
describe.skipIf(true)('without a lab', () => { it('shows nothing', () => undefined) })
`

it('names every test that vitest did not run, and none that it ran', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'runbook-left-out-'))
  try {
    writeFileSync(
      join(folder, 'some.test.mjs'),
      suite.replace("'vitest'", `'${join(checkout, 'node_modules/vitest/dist/index.js')}'`),
    )
    const file = join(folder, 'vitest.json')
    await execa('vitest', ['run', '--root', folder, '--reporter=json', `--outputFile=${file}`], {
      preferLocal: true,
      localDir: checkout,
      reject: false,
    })
    const results = JSON.parse(readFileSync(file, 'utf8')) as VitestResults
    expect(leftOut(results, folder)).toEqual([
      'some.test.mjs: is skipped',
      'some.test.mjs: is to do',
      'some.test.mjs: leaves itself out',
      'some.test.mjs: without a lab shows nothing',
    ])
    expect(results).toMatchObject({ numPassedTests: 1, numFailedTests: 1 })
  } finally {
    rmSync(folder, { recursive: true })
  }
})
