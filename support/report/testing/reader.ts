import type { Browser } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { launch, Pages } from './browser'

/** A browser, and pages for it to open, for the tests of one file. */
export interface Reader {
  readonly browser: Browser
  readonly pages: Pages
}

/** Starts a browser before the tests of a file, and takes it and its pages away after them. */
export function reader(): Reader {
  const pages = new Pages()
  let browser: Browser | undefined
  beforeAll(async () => {
    browser = await launch()
  })
  afterAll(async () => {
    await browser?.close()
    pages[Symbol.dispose]()
  })
  return {
    pages,
    get browser() {
      if (!browser) throw new Error('The browser starts before the first test, not before that')
      return browser
    },
  }
}
