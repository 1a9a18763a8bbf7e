import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readable } from '../gate/exit-code'
import { Kubernetes } from '../kubernetes/client'
import { paths } from '../lab/home'
import { up } from '../lab/lab'
import { readSession } from '../lab/session'
import { coldStart, emptyJob, release, warmRun, wholeSuite } from './measures'
import { costTable } from './suite'
import { type Measured, table } from './summary'

const runs = Number(process.argv[2] ?? 5)

/** `npm run bench [RUNS]`: measures what a person waits for, and puts it beside the design's targets. */
async function bench(): Promise<void> {
  const cold = await repeat('a lab from nothing', coldStart)
  await up(1, console.error)
  const warm = await repeat('a run on a warm lab', warmRun)
  using kubernetes = await Kubernetes.open(readSession()?.lanes[0]?.address.cluster.kubeconfig ?? '')
  const releases = await repeat('a state change', () => release(kubernetes))
  const jobs = await repeat('a Job that does nothing', () => emptyJob(kubernetes))
  console.error('the whole suite')
  const suite = await wholeSuite()
  const measured: Measured[] = [
    { name: 'nothing running -> lab ready', ms: cold, targetMs: 20_000 },
    { name: 'warm: command -> first step', ms: warm, targetMs: 1_500 },
    { name: "harness's own cost a scenario", ms: suite.map(({ ownMs }) => ownMs), targetMs: 150 },
    { name: 'state change -> step released', ms: releases, targetMs: 30 },
    { name: 'Job with no work -> seen complete', ms: jobs, targetMs: 2_700 },
  ]
  mkdirSync(paths.reports, { recursive: true })
  const file = join(paths.reports, 'bench.json')
  writeFileSync(file, `${JSON.stringify({ at: new Date().toISOString(), runs, measured, suite }, null, 2)}\n`)
  console.log(`${table(measured)}\n\n${costTable(suite)}\n\nAlso as JSON: reports/bench.json`)
}

async function repeat<T>(what: string, measure: () => Promise<T>): Promise<T[]> {
  const figures: T[] = []
  for (let run = 1; run <= runs; run++) {
    console.error(`${what}: ${run} of ${runs}`)
    figures.push(await measure())
  }
  return figures
}

bench().catch((error: unknown) => {
  console.error(readable(error))
  process.exitCode = 3
})
