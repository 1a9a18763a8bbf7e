import type { Report } from '../model'
import { runbooksOf } from '../report-parts'
import { cardsOf } from './card'

const personas = {
  operator: 'Operator',
  'on-call': 'On-call',
  'platform-engineer': 'Platform engineer',
} as const

/** The document as one kind of reader needs it; `#view-on-call` is an address like any other. */
export function Views({ report }: { readonly report: Report }) {
  const runbooks = runbooksOf(report)
  const asked = Object.entries(personas).filter(([persona]) =>
    runbooks.some((runbook) => runbook.personas.includes(persona)),
  )
  return (
    <span class="views">
      {asked.map(([persona, title]) => (
        <a href={`#view-${persona}`} id={`view-${persona}`} data-view={persona} key={persona}>
          {title}
        </a>
      ))}
      {cardsOf(report).length > 0 && <a href="#card">Card</a>}
    </span>
  )
}
