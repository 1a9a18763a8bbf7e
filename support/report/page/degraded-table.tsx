import { degradedColumns, degradedModes, saidOf } from '../degraded-mode'
import type { Report } from '../model'
import { Mark } from './mark'
import { Phrase } from './prose'

/** What is down, what still works, for how long, and what to do: all degraded modes at a glance. */
export function DegradedTable({ report }: { readonly report: Report }) {
  const modes = degradedModes(report)
  if (modes.length === 0) return null
  return (
    <div class="degraded" id="degraded-modes">
      <p class="cap">Something is down</p>
      <div class="wide">
        <table>
          <thead>
            <tr>
              <th>Mode</th>
              {degradedColumns.map((column) => (
                <th key={column}>{column}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {modes.map((runbook) => (
              <tr key={runbook.address}>
                <td>
                  <Mark state={runbook.state} /> <a href={`#${runbook.address}`}>{runbook.title}</a>
                </td>
                {degradedColumns.map((column) => (
                  <td data-column={column} key={column}>
                    <Phrase text={saidOf(runbook, column) ?? ''} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}
