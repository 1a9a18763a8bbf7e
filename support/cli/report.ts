import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { HarnessMisused, messageOf } from '../errors'
import { configured } from '../gate/configured'
import { settingsIn } from '../gate/settings'
import { emptyShardIn } from '../gate/shard'
import { checkout } from '../lab/home'
import { finalLines, painter } from '../report/console-text'
import type { GateFile } from '../report/gate-file'
import { type EmptyShard, type MergedFile, merged } from '../report/merge'
import type { Report } from '../report/model'
import { commandsIn, scenariosOf } from '../report/report-parts'
import { write } from '../report/write'
import { fields, list, parsedBy, text } from '../schema'

/**
 * `runbook report merge`: one report, with one verdict, from the message files of shards and of earlier runs.
 *
 * @returns the exit code that a run with this verdict has
 */
export async function mergeReports(names: readonly string[], options: { output: string }): Promise<number> {
  const given = names.map((name) => ({ name, empty: emptyShard(name) }))
  const files = given.filter(({ empty }) => empty === undefined).map(({ name }) => readFile(name))
  const empty = given.flatMap(({ empty }) => empty ?? [])
  const settings = settingsIn(await configured(checkout))
  const report = await write(merged(files, empty), options.output, settings)
  copyEvidence(report, names, options.output)
  const colours = process.stdout.isTTY === true && !process.env.NO_COLOR
  const page = relative(process.cwd(), join(resolve(options.output), 'index.html'))
  console.log(finalLines(report.run, report.run.durationMs, page, painter(colours)).trim())
  if (report.run.historyNote !== undefined) console.error(report.run.historyNote)
  return report.run.exitCode
}

/** What is read of a gate.json. */
const gateSchema = fields({
  verdict: text,
  reasons: list({ type: 'object', properties: { code: text, message: text } }),
})

/** The shard of these messages, if no scenario was left for it: gate.json beside them says so. */
function emptyShard(name: string): EmptyShard | undefined {
  const gate = join(dirname(name), 'gate.json')
  if (!existsSync(name) || !existsSync(gate)) return undefined
  const { verdict, reasons } = gateOf(readFile(gate))
  const reason = reasons.find(({ code }) => code === 'RBK_EMPTY_SHARD')
  const share = verdict === 'passed' ? emptyShardIn(reason?.message ?? '') : undefined
  return share && { name, ...share }
}

function gateOf({ name, text }: MergedFile): Pick<GateFile, 'verdict' | 'reasons'> {
  const gate = parsedBy<GateFile>(gateSchema, text, 'gate.json')
  if ('value' in gate) return gate.value
  throw new HarnessMisused('RBK_NOT_MERGED', {
    attempted: `Nothing was merged: ${name} is damaged, and only it tells whether its shard was left without a scenario`,
    got: gate.flaw,
    next: 'Leave out the messages beside it, or run that shard again.',
  })
}

function readFile(name: string): MergedFile {
  try {
    return { name, text: readFileSync(name, 'utf8') }
  } catch (cause) {
    const account = { attempted: `Nothing was merged: ${name} can’t be read`, got: messageOf(cause) }
    throw new HarnessMisused('RBK_NOT_MERGED', account, { cause })
  }
}

/** Long outputs lie beside the message file that names them; a link in the new report must lead to them too. */
function copyEvidence(report: Report, names: readonly string[], output: string): void {
  const commands = scenariosOf(report).flatMap(commandsIn)
  const wanted = new Set(commands.flatMap(({ ran }) => ran?.fullOutput ?? []))
  for (const path of [...wanted].filter((each) => /^evidence\/[\w.-]+$/.test(each))) {
    const target = join(output, path)
    const source = names.map((name) => join(dirname(name), path)).find((each) => existsSync(each))
    if (source === undefined || existsSync(target)) continue
    mkdirSync(dirname(target), { recursive: true })
    copyFileSync(source, target)
  }
}
