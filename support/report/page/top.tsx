import type { Report, System } from '../model'
import { Age } from './age'
import { classOf, Mark } from './mark'
import { Views } from './views'

/** What is always in sight: the search, the views, and what the run came to. */
export function Top({ report, asks }: { readonly report: Report; readonly asks: string }) {
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

/** All runbooks, with where they stand. */
export function Navigation({ systems }: { readonly systems: readonly System[] }) {
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
