import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ComponentChildren } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { linked } from '../cross-references'
import type { Report, Runbook, System } from '../model'
import { sentenceOf } from '../sentence'
import { About } from './about'
import { Age } from './age'
import { betweenPages, fileOf } from './between-pages'
import { scriptBytes } from './bytes'
import { Card } from './card'
import { classOf, Mark } from './mark'
import { Overview } from './overview'
import { Linked } from './prose'
import { RunbookPage } from './runbook'
import { searchScript } from './search-script'
import { urgentFirst } from './urgent-first'
import { Views } from './views'

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

/** After the search: an address may have to end one. */
const common = ['view', 'address', 'age', 'keys', 'scroll']

const untilOld: Ageing = { amberDays: 7, redDays: 30 }

const dayMs = 24 * 60 * 60 * 1000

/**
 * The operators' page: one file with everything in it, which fetches nothing and runs no script but its own.
 *
 * @param ageing when "verified" turns amber and red; a week and a month unless told
 */
export function page(made: Report, ageing: Ageing = untilOld): string {
  const report = { ...made, systems: urgentFirst(made.systems) }
  return documentOf(report, ageing, {
    title: `Runbooks: ${sentenceOf(report.run)}`,
    script: [searchScript(), ...['copy', 'search', 'paste', ...common].map(browserScript)].join('\n'),
    main: (
      <>
        <Nearest />
        <Card report={report} />
        <Overview report={report} />
        {report.systems.flatMap((system) =>
          system.runbooks.map((runbook) => (
            <RunbookPage runbook={runbook} run={report.run} key={runbook.uri} />
          )),
        )}
        <About run={report.run} />
      </>
    ),
  })
}

/**
 * A page for each runbook, at an address that stays: `quick-start.html#quick-start.2.1`. They lie in one folder with the
 * whole document, `index.html`, to which they lead for everything that isn't a runbook's own.
 *
 * @returns files by name
 */
export function site(made: Report, ageing: Ageing = untilOld): Map<string, string> {
  const report = { ...made, systems: urgentFirst(made.systems) }
  const runbooks = report.systems.flatMap((system) => system.runbooks)
  const addresses = runbooks.map(({ address }) => address)
  const pages = runbooks.map((runbook) => {
    const html = documentOf(report, ageing, {
      title: runbook.title,
      script: ['copy', 'search', ...common].map(browserScript).join('\n'),
      main: <RunbookPage runbook={runbook} run={report.run} />,
      only: runbook,
    })
    return [fileOf(runbook.address), betweenPages(html, runbook.address, addresses)] as const
  })
  return new Map(pages)
}

interface Content {
  readonly title: string
  readonly script: string
  readonly main: ComponentChildren
  /** The one runbook whose page it is. */
  readonly only?: Runbook
}

function documentOf(report: Report, ageing: Ageing, { title, script, main, only }: Content): string {
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
          id="bytes"
          dangerouslySetInnerHTML={{ __html: scriptBytes(report, only) }}
        />
        <script dangerouslySetInnerHTML={{ __html: script }} />
      </body>
    </html>,
  )
  return `<!doctype html>\n${html}\n`
}

function linkedIn({ systems }: Report): (markdown: string) => string {
  const runbooks = systems.flatMap((system) => system.runbooks)
  return (markdown) => linked(markdown, runbooks, (address) => `#${address}`)
}

function Top({ report, asks }: { readonly report: Report; readonly asks: string }) {
  const { run } = report
  const when = run.finishedAt ?? run.startedAt
  return (
    <header class="top">
      <a class="brand" href="#overview">
        Runbooks
      </a>
      <input type="search" id="search" placeholder={asks} aria-label={asks} autocomplete="off" />
      <kbd>/</kbd>
      <span class="found" id="found" role="status" />
      <Views report={report} />
      <a class={`pill ${classOf(run.verdict)}`} href="#overview">
        <Mark state={run.verdict} /> {run.verdict} {when && <Age iso={when} />}
      </a>
    </header>
  )
}

/** Where the procedures that are nearest to a pasted error are put. */
function Nearest() {
  return (
    <section class="nearest" id="nearest" aria-live="polite" hidden>
      <p class="cap">Nearest to what you pasted</p>
      <ol />
      <p class="none dim">Nothing here is like it.</p>
    </section>
  )
}

function Navigation({ systems }: { readonly systems: readonly System[] }) {
  return (
    <nav aria-label="Runbooks">
      <div class="stick">
        {systems.map((system) => (
          <div key={system.name}>
            <p class="cap">{system.title}</p>
            {system.runbooks.map((runbook) => (
              <a
                href={`#${runbook.address}`}
                data-runbook={runbook.address}
                data-personas={runbook.personas.join(' ')}
                key={runbook.address}
              >
                <Mark state={runbook.state} /> {runbook.title}
              </a>
            ))}
          </div>
        ))}
        <p class="cap">Run</p>
        <a href="#about-this-run">About this run</a>
      </div>
    </nav>
  )
}

function browserScript(name: string): string {
  return asset(`browser/${name}.js`)
}

function asset(name: string): string {
  return readFileSync(join(__dirname, name), 'utf8')
}

function integrity(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}

/** A dot in the tab, green or red: found again among thirty tabs. */
function icon({ run }: Report): string {
  const fill = run.verdict === 'passed' ? '1a7f4b' : run.verdict === 'failed' ? 'b3261e' : '9a6700'
  return `data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Ccircle cx='8' cy='8' r='6' fill='%23${fill}'/%3E%3C/svg%3E`
}
