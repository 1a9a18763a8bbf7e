import { spoken } from '../duration'
import type { Step } from '../model'
import { visibleOutput } from '../visible-text'
import { CommandBox } from './command'
import { EvidenceList, Message } from './failure'
import { LedgerTable } from './ledger-table'
import { Mark } from './mark'
import { MeasureBars } from './measure-bars'

/** Steps quicker than this don't say how long they took. */
export const notable = 1000

/** One step with its proof; what was seen stands at the step that saw it. */
export function StepItem({ step }: { readonly step: Step }) {
  const { keyword, text, status, durationMs = 0 } = step
  return (
    <li class={`step ${status.replace(' ', '-')}`}>
      <Mark state={status} />
      <div class="line">
        <span class="kw">{keyword === 'hook' ? '' : keyword}</span> {text.replace(/:$/, '')}
        {durationMs >= notable && step.commands.length === 0 && (
          <span class="took">{spoken(durationMs)}</span>
        )}
      </div>
      <div class="body">
        {step.table && <Table rows={step.table} />}
        {step.note !== undefined && <pre class="note">{`\n${visibleOutput(step.note)}`}</pre>}
        {step.commands.map((command) => (
          <CommandBox command={command} key={command.address} />
        ))}
        {status === 'misuse' && <Message message={`This step is ${step.message}.`} kind="misuse" />}
        {status === 'failed' && <Message message={step.message ?? 'It failed without a message.'} />}
        <EvidenceList evidence={step.evidence} />
        {step.ledgers.map((ledger) => (
          <LedgerTable ledger={ledger} key={ledger.target} />
        ))}
        {step.measures.map((measure) => (
          <MeasureBars measure={measure} key={measure.name} />
        ))}
        {step.texts.map((each) => (
          <details key={each.name}>
            <summary>{each.name}</summary>
            <pre>{`\n${visibleOutput(each.text)}`}</pre>
          </details>
        ))}
      </div>
    </li>
  )
}

function Table({ rows }: { readonly rows: NonNullable<Step['table']> }) {
  return (
    <div class="wide">
      <table>
        <tbody>
          {rows.map((row) => (
            <tr key={row.join('|')}>
              {row.map((cell, column) => (
                <td key={`${column}`}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
