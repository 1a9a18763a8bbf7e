import { accountOf } from '../account'
import type { Evidence } from '../attachment'
import { visibleOutput } from '../visible-text'

/** What a failed step, or scenario, said: the headline, then its account, field by field. */
export function Message({ message, kind = 'failed' }: { readonly message: string; readonly kind?: string }) {
  const { headline, fields } = accountOf(visibleOutput(message))
  return (
    <div class={`message ${kind}`}>
      <p>{headline}</p>
      {fields.map(({ label, lines }) => (
        <div class="field" key={label}>
          {label && <span class="name">{label}</span>}
          <pre>
            {'\n'}
            {lines.map(({ text, differs }, index) => [
              index > 0 && '\n',
              differs ? <mark key={text}>{text}</mark> : text,
            ])}
          </pre>
        </div>
      ))}
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
