import type { Ledger } from '../attachment'
import { Mark } from './mark'

const columns = ['missing', 'altered', 'duplicated', 'outOfOrder', 'unexpected'] as const

/** Every acknowledged message accounted for, stream by stream. */
export function LedgerTable({ ledger }: { readonly ledger: Ledger }) {
  return (
    <div class="ledger">
      <div class="wide">
        <table>
          <thead>
            <tr>
              <th>Ledger: {ledger.target}</th>
              <th class="n">acknowledged</th>
              {columns.map((column) => (
                <th class="n" key={column}>
                  {column === 'outOfOrder' ? 'out of order' : column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {ledger.streams.map((stream) => (
              <tr key={stream.stream}>
                <td>{stream.stream}</td>
                <td class="n">{stream.acknowledged.toLocaleString('en')}</td>
                {columns.map((column) => (
                  <td class={stream[column] === 0 ? 'n' : 'n bad'} key={column}>
                    {stream[column].toLocaleString('en')}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {ledger.consumers.map((consumer) => (
        <p class="consumer" key={`${consumer.stream}/${consumer.name}`}>
          <Mark state={consumer.ok ? 'passed' : 'failed'} /> consumer {consumer.name} of {consumer.stream}
          {consumer.detail && `: ${consumer.detail}`}
        </p>
      ))}
    </div>
  )
}
