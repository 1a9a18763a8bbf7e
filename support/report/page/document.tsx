import { createHash } from 'node:crypto'
import type { ComponentChildren } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { linked } from '../cross-references'
import type { Report, Runbook } from '../model'
import { runbooksOf } from '../report-parts'
import { asset } from './asset'
import { scriptBytes } from './bytes'
import { formerAddresses } from './former-addresses'
import { Linked } from './prose'
import { Navigation, Top } from './top'

/** When a green page stops looking green: amber, then red, in days since it was verified. */
export interface Ageing {
  readonly amberDays: number
  readonly redDays: number
}

/** In the order of the cascade. */
const styles = [
  'base',
  'layout',
  'overview',
  'nearest',
  'procedure',
  'proof',
  'past',
  'views',
  'narrow',
  'print',
]

/** The scripts of every page, after its search: an address may have to end one. */
export const common = ['view', 'address', 'age', 'keys', 'scroll']

/** Unless told: a week and a month. */
export const untilOld: Ageing = { amberDays: 7, redDays: 30 }

const dayMs = 24 * 60 * 60 * 1000

export interface Content {
  readonly title: string
  readonly script: string
  readonly main: ComponentChildren
  /** The one runbook whose page it is. */
  readonly only?: Runbook
}

/**
 * A document that is complete in itself: it fetches nothing, and its policy allows no style and no script but its own.
 */
export function documentOf(report: Report, ageing: Ageing, { title, script, main, only }: Content): string {
  const style = styles.map((name) => asset(`css/${name}.css`)).join('\n')
  const policy = [
    "default-src 'none'",
    `style-src '${integrity(style)}'`,
    `script-src '${integrity(script)}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  const html = renderToString(
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={policy} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{title}</title>
        <link rel="icon" href={icon(report)} />
        <style dangerouslySetInnerHTML={{ __html: style }} />
      </head>
      <body data-ageing-ms={ageing.amberDays * dayMs} data-stale-ms={ageing.redDays * dayMs}>
        <Top
          report={report}
          asks={only ? 'Search this runbook' : 'Search, or paste an error from your terminal'}
        />
        <div class="shell">
          <Navigation systems={report.systems} />
          <main>
            <Linked.Provider value={linkedIn(report)}>{main}</Linked.Provider>
          </main>
        </div>
        <script
          type="application/json"
          id="formerly"
          dangerouslySetInnerHTML={{ __html: JSON.stringify(formerAddresses(report)) }}
        />
        <script
          type="application/json"
          id="bytes"
          dangerouslySetInnerHTML={{ __html: scriptBytes(report, only) }}
        />
        <script dangerouslySetInnerHTML={{ __html: script }} />
      </body>
    </html>,
  )
  return `<!doctype html>\n${html}\n`
}

function linkedIn(report: Report): (markdown: string) => string {
  const runbooks = runbooksOf(report)
  return (markdown) => linked(markdown, runbooks, (address) => `#${address}`)
}

function integrity(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}

/** A dot in the tab, green or red: found again among thirty tabs. */
function icon({ run }: Report): string {
  const fill = run.verdict === 'passed' ? '1a7f4b' : run.verdict === 'failed' ? 'b3261e' : '9a6700'
  return `data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Ccircle cx='8' cy='8' r='6' fill='%23${fill}'/%3E%3C/svg%3E`
}
