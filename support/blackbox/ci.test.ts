import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { checkout } from '../lab/home'

const workflow = readFileSync(join(checkout, '.github/workflows/runbooks.yml'), 'utf8')
const recipes = readFileSync(join(checkout, 'docs/ci.md'), 'utf8')
const cli = readFileSync(join(checkout, 'support/cli/main.ts'), 'utf8')
const written = readFileSync(join(checkout, 'reports/README.md'), 'utf8')

const scripts = (
  JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as {
    readonly scripts: Readonly<Record<string, string>>
  }
).scripts

interface Job {
  readonly if?: string
  readonly strategy?: { readonly matrix: { readonly shard: readonly number[] } }
  readonly steps?: readonly { readonly if?: string; readonly run?: string }[]
}

interface Workflow {
  readonly jobs: Readonly<Record<string, Job>>
  readonly env: { readonly SHARDS: number }
  readonly on: { readonly schedule?: readonly unknown[] }
}

const github = parse(workflow) as Workflow
const [jenkins = ''] = /```groovy\n[\s\S]*?```/.exec(recipes) ?? []
const [, gitlab = ''] = /```yaml\n([\s\S]*?)```/.exec(recipes) ?? []
/** What npm test looks at in the results of the runbooks, and a job without them can't. */
const behindRun = ['npx runbook coverage', 'npx runbook docs --check']

it('the workflow is YAML, and runs every shard', () => {
  const { jobs, env } = github
  const shards = jobs.run?.strategy?.matrix.shard
  expect(shards).toEqual(Array.from({ length: env.SHARDS }, (_, index) => index + 1))
})

describe('what gates, as it is delivered', () => {
  it.each(behindRun)('has %s behind the merge of a whole run', (command) => {
    const steps = github.jobs.report?.steps ?? []
    const merge = steps.findIndex(({ run }) => run?.includes('runbook report merge'))
    const looks = steps.findIndex(({ run }) => run?.includes(command))
    expect(looks).toBeGreaterThan(merge)
    // A pull request runs a part (--changed-since). Without always(), a red merge is told alone.
    expect(steps[looks]?.if).toBe("github.event_name != 'pull_request'")

    const script = (parse(gitlab) as { report: { script: readonly string[] } }).report.script
    expect(script[0]).toContain('runbook report merge')
    expect(script).toContain(command)
    expect(gitlab).not.toContain('--changed-since')
  })

  it('has the checks beside the runbooks', () => {
    const commands = Object.values(github.jobs).flatMap(({ steps = [] }) =>
      steps.flatMap(({ run = [] }) => run),
    )
    expect(commands).toContain('npx runbook test --no-runbooks')
    expect(gitlab).toContain('- npx runbook test --no-runbooks')
    expect(jenkins).toContain("sh 'npm test'")
  })

  it('has all mutants at night', () => {
    const { mutants } = github.jobs
    expect(github.on.schedule).toHaveLength(1)
    expect(mutants?.if).toContain("github.event_name == 'schedule'")
    expect(mutants?.steps?.map(({ run }) => run)).toContain('npm run mutants')
    expect(parse(gitlab)).toMatchObject({
      mutants: {
        rules: [{ if: '$CI_PIPELINE_SOURCE == "schedule"' }],
        script: expect.arrayContaining(['npm run mutants']),
      },
    })
    expect(jenkins).toMatch(
      /triggers \{ cron\([\s\S]*when \{ triggeredBy 'TimerTrigger' \}\s*steps \{ sh 'npm run mutants' \}/,
    )
  })
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
  for (const [, name = ''] of text.matchAll(/npm run (\w+)/g)) expect(scripts).toHaveProperty(name)
  const own = ['--changed-since', '--rerun', '--repeat', '--output', '--check']
  for (const option of own.filter((each) => text.includes(each))) expect(cli).toContain(option)
  const files = [...text.matchAll(/reports\/([\w.-]+\w)/g)].map(([, name = '']) => name)
  for (const name of files.filter((each) => each !== 'site' && each !== 'README.md'))
    expect(written).toContain(name)
})
