import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * What was looked at before and was good, by its content: a file without text for each, so that runs side by side
 * can't spoil each other's. What was bad is looked at again.
 */
export class KnownGood {
  private readonly folder: string

  /**
   * @param root the checkout
   * @param by   all that the judgement depends on, beside the content
   */
  constructor(
    root: string,
    private readonly by: string,
  ) {
    this.folder = join(root, 'node_modules', '.cache', 'shellcheck')
  }

  has(content: string): boolean {
    return existsSync(this.fileOf(content))
  }

  /** Where nothing can be kept, it is looked at again the next time. */
  add(contents: Iterable<string>): void {
    try {
      mkdirSync(this.folder, { recursive: true })
      for (const content of contents) writeFileSync(this.fileOf(content), '')
    } catch {}
  }

  private fileOf(content: string): string {
    return join(this.folder, createHash('sha256').update(this.by).update('\n').update(content).digest('hex'))
  }
}
