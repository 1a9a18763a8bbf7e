import { endedWell } from '../commands'
import type { Command, Runbook } from '../model'
import { visibleOutput } from '../visible-text'
import { scriptHtml } from './markup'

/** More lines than these of what it printed are a look at the procedure itself. */
const shownLines = 6

/** What to run first, in the first screen; the procedure itself, with its proof, is where the address leads. */
export function FirstCommand({ runbook }: { readonly runbook: Runbook }) {
  const command = firstOf(runbook)
  if (!command) return null
  const { address, effect, script, ran } = command
  const lines = ran && endedWell(ran) ? ran.output.flatMap(({ text }) => text.trimEnd().split('\n')) : []
  return (
    <div class="cmd first">
      <div class="cmd-head">
        <span class={`badge ${effect.level}`}>{effect.level}</span>
        <b>Run this first</b>
        <a class="addr" href={`#${address}`}>
          #{address}
        </a>
        <button type="button" class="copy" data-copy={address} aria-label={`Copy command ${address}`}>
          Copy
        </button>
      </div>
      <pre class="script" dangerouslySetInnerHTML={{ __html: scriptHtml(script) }} />
      {lines.length > 0 && (
        <>
          <p class="expect">Expect</p>
          <pre class="output">
            {'\n'}
            {visibleOutput(lines.slice(0, shownLines).join('\n'))}
            {lines.length > shownLines && '\n…'}
          </pre>
        </>
      )}
    </div>
  )
}

/** The first command of a check, or of whatever the runbook begins with. */
function firstOf({ sections }: Runbook): Command | undefined {
  return sections
    .flatMap((section) => section.scenarios)
    .flatMap((scenario) => scenario.steps)
    .flatMap((step) => step.commands)[0]
}
