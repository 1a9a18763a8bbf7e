import { resolve } from 'node:path'
import { Writable } from 'node:stream'
import { type IConfiguration, loadConfiguration } from '@cucumber/cucumber/api'
import ArgvParser from '@cucumber/cucumber/lib/configuration/argv_parser'
import PickleFilter from '@cucumber/cucumber/lib/pickle_filter'
import type { Envelope, Pickle } from '@cucumber/messages'
import { exitCodes } from './verdict'

/**
 * What this run was asked for: the profile and the command line together, as cucumber reads them. Cucumber hands a
 * plugin only its own options, not the tags, the number of workers or whether the run is dry.
 *
 * @param cwd where the run was started
 */
export async function asked(cwd: string): Promise<IConfiguration> {
  return (await configurationOf(process.argv, cwd)).useConfiguration
}

/**
 * The files that cucumber opens for the formatters of a run, and empties before the run has begun.
 *
 * @param args of the run
 * @param cwd  where it's started
 */
export async function filesOpened(args: readonly string[], cwd: string): Promise<readonly string[]> {
  const { runConfiguration } = await configurationOf(commandLine(args), cwd)
  return Object.keys(runConfiguration.formats.files).map((file) => resolve(cwd, file))
}

async function configurationOf(argv: string[], cwd: string) {
  const { options, configuration } = parsed(argv)
  // Cucumber tells its warnings itself.
  const stderr = new Writable({ write: (_chunk, _encoding, done) => done() })
  return loadConfiguration(
    {
      ...(options.config === undefined ? {} : { file: options.config }),
      profiles: options.profile,
      provided: configuration,
    },
    { cwd, stderr },
  )
}

function commandLine(args: readonly string[]): string[] {
  return [process.execPath, 'cucumber-js', ...args]
}

/** The paths among the arguments of a run, as cucumber reads them; those of the profile are none of them. */
export function pathsAsked(args: readonly string[]): readonly string[] {
  return parsed(commandLine(args)).configuration.paths ?? []
}

/** Cucumber ends the process for an option that it doesn't know, with 1, as if a runbook had failed. */
function parsed(argv: string[]) {
  const misused = () => {
    process.exitCode = exitCodes.misuse
  }
  process.once('exit', misused)
  const found = ArgvParser.parse(argv)
  process.off('exit', misused)
  return found
}

/**
 * The scenarios that were asked for, on whichever shard they are: cucumber hands a plugin only those of its own.
 *
 * @param paths     as given, with lines
 * @param cwd       what they are relative to
 * @param envelopes messages of the run, once the features are read
 */
export function picked(
  { name, tags }: Pick<IConfiguration, 'name' | 'tags'>,
  paths: readonly string[],
  cwd: string,
  envelopes: readonly Envelope[],
): readonly Pickle[] {
  const filter = new PickleFilter({ cwd, featurePaths: [...paths], names: name, tagExpression: tags })
  const documents = new Map(
    envelopes.flatMap(({ gherkinDocument }) =>
      gherkinDocument ? [[gherkinDocument.uri, gherkinDocument] as const] : [],
    ),
  )
  return envelopes.flatMap(({ pickle }) => {
    const gherkinDocument = pickle && documents.get(pickle.uri)
    return gherkinDocument && filter.matches({ gherkinDocument, pickle }) ? [pickle] : []
  })
}
