import type { Plugin } from '@cucumber/cucumber/api'
import type { Envelope } from '@cucumber/messages'
import { HarnessMisused } from '../errors'
import { isClusterAsked } from '../existing-cluster/asked'
import { featuresAt, readFeatures } from '../lint/features'
import { annotateFindings, counted, type Finding, findingsText } from '../lint/finding'
import { lint } from '../lint/lint'
import { sharedOut } from '../report/shard-message'
import { asked, picked } from './asked'
import { arePathsChosen } from './chosen-paths'
import { continuedRun } from './continued'
import { endGreenWithoutRun, endRun, forgetVerdictBefore } from './end-run'
import { endWith, holdExitCode } from './exit-code'
import { endOnSignals } from './interruption'
import { judge } from './judge'
import { namesNobodyBears } from './names-nobody-bears'
import { lockReports } from './reports-lock'
import { missingLines, missingPaths, nothingSelected, wrongShard, wrongTags } from './selection'
import { settingsIn } from './settings'
import { emptyShardText, runShard } from './shard'
import { tagsNobodyBears } from './tags-nobody-bears'
import { exitCodes } from './verdict'

/**
 * The gate: refuses what can't be judged before anything is started, judges the run, and has the process end with the
 * verdict's exit code. It comes first of the plugins. It needs no lab; the lab's own plugin starts what the selected
 * scenarios need in the `pickles:order` transform, which comes after this one's `pickles:filter`.
 */
export const gate: Plugin = {
  type: 'plugin',
  async coordinator({ operation, on, transform, environment: { cwd, stderr } }) {
    if (operation !== 'runCucumber') return
    const envelopes: Envelope[] = []
    let paths: readonly string[] = []
    let ending: { began: boolean; judged?: number; succeeded?: boolean } = { began: false }
    try {
      await lockReports((line) => stderr.write(`${line}\n`))
    } catch (error) {
      endWith(error)
    }
    const startedMs = Date.now()
    holdExitCode(() => ending)
    endOnSignals((text) => stderr.write(text), isClusterAsked())
    process.once('exit', () => {
      // Behind a verdict too: a signal may come before the report is written.
      forgetVerdictBefore(startedMs)
      if (ending.judged === undefined && ending.began)
        stderr.write('\nThe run ended before it was finished, so it shows nothing.\n')
    })
    const configuration = await asked(cwd)
    const { flakyLimit } = settingsIn(configuration)
    const { shard } = configuration
    refuse([...wrongTags(configuration.tags), ...wrongShard(shard)])
    if (shard !== '') runShard({ shard })

    on('paths:resolve', ({ unexpandedSourcePaths, sourcePaths }) => {
      paths = unexpandedSourcePaths
      refuse(missingPaths(paths, cwd, sourcePaths))
      if (sourcePaths.length === 0) endRun(nothingSelected([]))
    })

    on('message', (envelope) => {
      envelopes.push(envelope)
      if (envelope.testRunStarted) ending = { began: true }
      if (!envelope.testRunFinished) return
      ending = {
        began: true,
        judged: judge([...continuedRun(), ...envelopes], flakyLimit).exitCode,
        succeeded: envelope.testRunFinished.success,
      }
    })

    transform('pickles:filter', (selected) => {
      // Where shellcheck is missing, the other rules still refuse.
      refuse([
        ...lint(envelopes, cwd).findings,
        ...missingLines(paths, cwd, envelopes),
        ...tagsNobodyBears(configuration.tags, cwd, envelopes),
        ...namesNobodyBears(configuration.name, () => titlesToName(paths, cwd, envelopes)),
      ])
      if (shard === '') return selected.length > 0 ? selected : endRun(nothingSelected(envelopes))
      const share = { shard, of: sharedOut(picked(configuration, paths, cwd, envelopes)) }
      runShard(share)
      if (selected.length > 0) return selected
      if (!mayBeEmpty(shard)) return endRun(nothingSelected(envelopes))
      ending = { began: true, judged: exitCodes.passed, succeeded: true }
      return endGreenWithoutRun('RBK_EMPTY_SHARD', emptyShardText(share))
    })
  },
}

/**
 * The titles that a `--name` may be of: of the scenarios at the paths that were given. Where a change or the last run names
 * the paths, of all there are: who names a scenario that needn't run has named it rightly.
 */
function titlesToName(paths: readonly string[], cwd: string, envelopes: readonly Envelope[]): string[] {
  const all = { name: [], tags: '' }
  const scenarios = arePathsChosen()
    ? picked(all, [], cwd, readFeatures(featuresAt(['features'], cwd, cwd), cwd))
    : picked(all, paths, cwd, envelopes)
  return scenarios.map(({ name }) => name)
}

/** A shard behind the first may be left without a scenario; that there are none at all, the first one says. */
function mayBeEmpty(shard: string): boolean {
  return !/^0*1\//.test(shard)
}

function refuse(findings: readonly Finding[]): void {
  if (findings.length === 0) return
  annotateFindings(findings)
  endRun(
    new HarnessMisused('RBK_REFUSED', {
      attempted: `Nothing was run: ${counted(findings)} first`,
      got: findingsText(findings),
    }),
  )
}
