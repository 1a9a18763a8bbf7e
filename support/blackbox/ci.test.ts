import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { checkout } from '../lab/home'

const workflow = readFileSync(join(checkout, '.github/workflows/runbooks.yml'), 'utf8')
const recipes = readFileSync(join(checkout, 'docs/ci.md'), 'utf8')
const cli = readFileSync(join(checkout, 'support/cli/main.ts'), 'utf8')
const written = readFileSync(join(checkout, 'reports/README.md'), 'utf8')

interface Job {
  readonly strategy?: { readonly matrix: { readonly shard: readonly number[] } }
}

it('the workflow is YAML, and runs every shard', () => {
  const { jobs, env } = parse(workflow) as { jobs: Record<string, Job>; env: { SHARDS: number } }
  const shards = jobs.run?.strategy?.matrix.shard
  expect(shards).toEqual(Array.from({ length: env.SHARDS }, (_, index) => index + 1))
})

it('keeps nothing by a path that actions/cache refuses', () => {
  expect(workflow).not.toMatch(/path:.*\.\.\/|^\s+\S*\/\.\.\//m)
})

it('the recipes are YAML', () => {
  const blocks = [...recipes.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = '']) => parse(text))
  expect(blocks).toHaveLength(1)
})

it('they call commands, options and files that there are', () => {
  const text = `${workflow}\n${recipes}`
  const commands = [...text.matchAll(/npx runbook (\w+)/g)].map(([, name = '']) => name)
  expect(commands.length).toBeGreaterThan(5)
  for (const name of commands) expect(cli).toContain(`.command('${name}')`)
  const own = ['--changed-since', '--rerun', '--repeat', '--output']
  for (const option of own.filter((each) => text.includes(each))) expect(cli).toContain(option)
  const files = [...text.matchAll(/reports\/([\w.-]+\w)/g)].map(([, name = '']) => name)
  for (const name of files.filter((each) => each !== 'site' && each !== 'README.md'))
    expect(written).toContain(name)
})
