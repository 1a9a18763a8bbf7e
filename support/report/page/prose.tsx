import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import { phraseHtml, proseHtml } from './markup'

/** Makes what prose says of other runbooks links; where a procedure is shown alone there are none to link to. */
export const Linked = createContext((markdown: string): string => markdown)

/** Paragraphs of a runbook. */
export function Prose({ text }: { readonly text: string }) {
  const linked = useContext(Linked)
  return <div class="prose" dangerouslySetInnerHTML={{ __html: proseHtml(linked(text)) }} />
}

/** One paragraph, without being one. */
export function Phrase({ text }: { readonly text: string }) {
  const linked = useContext(Linked)
  return <span dangerouslySetInnerHTML={{ __html: phraseHtml(linked(text)) }} />
}
