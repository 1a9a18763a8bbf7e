import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, chromium } from 'playwright-core'

/** Debian's Chromium, told not to talk to anybody. */
export function launch(): Promise<Browser> {
  const quiet =
    '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync'
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: quiet.split(' '),
  })
}

/** Pages in a folder of their own, as a reader opens them from a disk. */
export class Pages implements Disposable {
  private readonly folder = mkdtempSync(join(tmpdir(), 'report-page-'))

  /** @returns the file's address */
  put(name: string, html: string): string {
    const path = join(this.folder, name)
    writeFileSync(path, html)
    return pathToFileURL(path).href
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}
