import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { trackedFiles } from '../checks/tracked'
import { checkout } from '../lab/home'
import { scriptTests } from './script-tests'

it('runs every file of tests that starts a script, each once, those first that see the most', () => {
  const folder = 'support/jetstream'
  const starting = readdirSync(join(checkout, folder))
    .filter((name) => name.endsWith('.test.ts'))
    .filter((name) =>
      /scripts\.(backup|restore|status)\(/.test(readFileSync(join(checkout, folder, name), 'utf8')),
    )
    .map((name) => `${folder}/${name}`)
  const groups = scriptTests(trackedFiles())
  expect(groups.flat().sort()).toEqual(starting.sort())
  expect(groups[0]).toContain(`${folder}/restore-output.test.ts`)
})
