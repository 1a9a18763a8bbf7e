import { globSync, readFileSync, statSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { generateMessages } from '@cucumber/gherkin'
import { type Envelope, IdGenerator, SourceMediaType } from '@cucumber/messages'
import { HarnessMisused } from '../errors'

/**
 * The feature files that paths lead to.
 *
 * @param paths features, or folders of them, as they were typed
 * @param cwd   what they are relative to
 * @param root  the checkout, from which the files are named
 * @throws HarnessMisused for a path that isn't there, or that leads to no feature
 */
export function featuresAt(paths: readonly string[], cwd: string, root: string): string[] {
  const files = paths.flatMap((path) => {
    const at = resolve(cwd, path)
    const stat = statSync(at, { throwIfNoEntry: false })
    if (!stat) throw nothingAt(path, 'no such file or folder')
    const found = stat.isDirectory()
      ? globSync('**/*.feature', { cwd: at, exclude: ['**/node_modules'] }).map((file) => join(at, file))
      : at.endsWith('.feature')
        ? [at]
        : []
    if (found.length === 0) throw nothingAt(path, 'no feature')
    return found
  })
  return [...new Set(files.map((file) => relative(root, file)))].sort()
}

/** The messages of features, as a run reads them. */
export function readFeatures(uris: readonly string[], root: string): Envelope[] {
  return uris.flatMap((uri) => parsedFeature(uri, readFileSync(join(root, uri), 'utf8')))
}

/** The messages of a text at hand. */
export function parsedFeature(uri: string, text: string): readonly Envelope[] {
  return generateMessages(text, uri, SourceMediaType.TEXT_X_CUCUMBER_GHERKIN_PLAIN, {
    newId: IdGenerator.incrementing(),
    includeSource: true,
    includeGherkinDocument: true,
    includePickles: true,
  })
}

function nothingAt(path: string, got: string): HarnessMisused {
  return new HarnessMisused('RBK_NOTHING_SELECTED', {
    attempted: `Nothing was looked at: ${path}`,
    expected: 'a feature, or a folder with features in it',
    got,
    next: 'The runbooks are under features/:',
    repeat: 'npx runbook lint',
  })
}
