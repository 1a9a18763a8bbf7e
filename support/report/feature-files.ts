import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { generateMessages } from '@cucumber/gherkin'
import {
  type Envelope,
  type GherkinDocument,
  IdGenerator,
  type Pickle,
  SourceMediaType,
} from '@cucumber/messages'
import { HarnessMisused } from '../errors'
import { checkout } from '../lab/home'

/** A feature file as it lies on the disk, parsed. */
export interface FeatureFile {
  /** As in messages: `features/nats-backup/quick-start.feature`. */
  readonly uri: string
  readonly text: string
  readonly document: GherkinDocument
  /** Its scenarios as they would run. */
  readonly pickles: readonly Pickle[]
}

/**
 * Every feature file, by its path. No lab and no run is needed.
 *
 * @param root the folder that features/ is in
 * @throws HarnessMisused naming each file and line that doesn't parse
 */
export function readFeatureFiles(root = checkout): FeatureFile[] {
  const paths = globSync('features/**/*.feature', { cwd: root }).toSorted()
  return parseFeatures(paths.map((uri) => ({ uri, text: readFileSync(join(root, uri), 'utf8') })))
}

/** As `readFeatureFiles`, for texts at hand. */
export function parseFeatures(
  sources: readonly { readonly uri: string; readonly text: string }[],
): FeatureFile[] {
  // One for all files: what is joined up by ids must not meet the same id in two of them.
  const newId = IdGenerator.incrementing()
  const parsed = sources.map(({ uri, text }) => ({
    uri,
    text,
    messages: generateMessages(text, uri, SourceMediaType.TEXT_X_CUCUMBER_GHERKIN_PLAIN, {
      newId: () => `on-disk-${newId()}`,
      includeGherkinDocument: true,
      includePickles: true,
    }),
  }))
  const errors = parsed.flatMap(({ uri, messages }) =>
    messages.flatMap(({ parseError }) =>
      parseError ? [`${uri}:${parseError.source.location?.line ?? 1} ${parseError.message}`] : [],
    ),
  )
  if (errors.length > 0) {
    throw new HarnessMisused('RBK_PARSE_ERROR', {
      attempted: 'The runbooks could not be read: not all of it is Gherkin',
      got: errors.join('\n'),
    })
  }
  return parsed.flatMap(({ uri, text, messages }) =>
    messages.flatMap(({ gherkinDocument }) =>
      gherkinDocument?.feature
        ? [{ uri, text, document: gherkinDocument, pickles: picklesIn(messages) }]
        : [],
    ),
  )
}

function picklesIn(messages: readonly Envelope[]): Pickle[] {
  return messages.flatMap(({ pickle }) => (pickle ? [pickle] : []))
}
