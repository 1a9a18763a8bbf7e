import { tagsOnDisk } from './tags-on-disk'

/**
 * What cucumber needs beside `--retry`: to it a known defect is a failure like any other, and trying it again would take
 * its time twice and show nothing.
 *
 * @param args what cucumber is asked for
 * @param root the folder that features/ is in
 * @returns arguments to add; none where nothing is tried again, or a filter was given
 */
export function retryFilter(args: readonly string[], root: string): string[] {
  const has = (name: string) => args.some((arg) => arg === name || arg.startsWith(`${name}=`))
  if (!isRetrying(args) || has('--retry-tag-filter')) return []
  const defects = new Set(tagsOnDisk(root).filter((tag) => tag.startsWith('@known-defect:')))
  return defects.size === 0 ? [] : ['--retry-tag-filter', `not (${[...defects].join(' or ')})`]
}

function isRetrying(args: readonly string[]): boolean {
  const at = args.findIndex((arg) => arg === '--retry' || arg.startsWith('--retry='))
  return at >= 0 && Number(args[at]?.split('=')[1] ?? args[at + 1]) > 0
}
