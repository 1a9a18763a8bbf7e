import type { Evidence } from '../attachment'
import { visibleOutput } from '../visible-text'

/** What a failed step, or scenario, said: the headline, then the account as it is printed in a terminal. */
export function Message({ message, kind = 'failed' }: { readonly message: string; readonly kind?: string }) {
  const [headline = '', ...rest] = visibleOutput(message).trimEnd().split('\n')
  return (
    <div class={`message ${kind}`}>
      <p>{headline}</p>
      {rest.length > 0 && <pre>{`\n${rest.join('\n')}`}</pre>}
    </div>
  )
}

/** What the system looked like when it happened. */
export function EvidenceList({ evidence }: { readonly evidence: readonly Evidence[] }) {
  return (
    <>
      {evidence.map((each) => (
        <div class="evidence" key={each.title}>
          <p class="label">{each.title}</p>
          {each.items.map((item) => (
            <details key={item.name} open={item.text.split('\n').length <= 20}>
              <summary>{item.name}</summary>
              <pre>{`\n${visibleOutput(item.text)}`}</pre>
            </details>
          ))}
        </div>
      ))}
    </>
  )
}
