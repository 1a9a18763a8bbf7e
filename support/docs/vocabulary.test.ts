import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { checkout } from '../lab/home'
import { stepSources } from './meanings'
import { type VocabularyStep, vocabularyFlaws, vocabularyPage } from './vocabulary'

const step = (text: string, rest: Partial<VocabularyStep> = {}): VocabularyStep => ({
  text,
  at: 'steps/backup.steps.ts:1',
  meaning: 'It is so.',
  calls: [`backups.${text.length}()`],
  uses: 1,
  ...rest,
})

describe('the vocabulary', () => {
  it('is one page, by noun', () => {
    const steps = [step('one backup was taken'), step('S3 is slow', { at: 'steps/fault.steps.ts:3' })]
    expect(vocabularyPage(steps)).toContain(
      '## fault\n\n| Step | Means |\n| --- | --- |\n| S3 is slow | It is so. |',
    )
  })

  it.each([
    ['that no feature uses', step('x', { uses: 0 }), 'no feature uses "x"'],
    ['of two verbs', step('x', { calls: ['a.b()', 'c.d()'] }), 'calls 2 verbs of the World; a step is one'],
    ['that says nothing of itself', step('x', { meaning: '' }), "doesn't say what it does"],
  ])('has no step %s', (_, flawed, flaw) => {
    expect(vocabularyFlaws([flawed])).toEqual([expect.stringContaining(flaw)])
  })

  it('has no two steps for one thing', () => {
    const twins = [step('a', { calls: ['backups.takeOne()'] }), step('b', { calls: ['backups.takeOne()'] })]
    expect(vocabularyFlaws(twins)).toEqual([expect.stringContaining('"b" does what "a" does')])
  })
})

describe('what a step means', () => {
  const folder = mkdtempSync(join(checkout, 'support', 'docs', 'test-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  it('is the first sentence of its verb’s docstring', () => {
    const file = join(folder, 'x.steps.ts')
    const source = `import { Given } from '@cucumber/cucumber'
class Backups {
  /** One finished backup is there. It was made by the harness. @throws never */
  async takeOne(name: string) {}
}
class World { backups = new Backups() }
Given('a backup {string}', async function (this: World, name: string) {
  await this.backups.takeOne(name)
})
`
    writeFileSync(file, source)
    expect(stepSources([file])).toEqual([
      {
        file: file.slice(checkout.length + 1),
        line: 7,
        pattern: 'a backup {string}',
        calls: ['backups.takeOne(name)'],
        meaning: 'One finished backup is there.',
      },
    ])
  })
})
