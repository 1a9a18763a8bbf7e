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
export function StepItem({ step, isProven }: { readonly step: Step; readonly isProven: boolean }) {
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
        {isProven && step.cutOffBehind && <PasteAgain behindLines={step.cutOffBehind} />}
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

/** What an operator whose connection broke wants to know; said only of where this run has broken the block off. */
function PasteAgain({ behindLines }: { readonly behindLines: readonly number[] }) {
  return (
    <p class="notice">
      Cut off in the middle? Paste it again from the top: shown for a cut behind{' '}
      {behindLines.length === 1 ? 'line' : 'lines'} {behindLines.join(', ')}.
    </p>
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
