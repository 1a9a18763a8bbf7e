import { endedWell } from '../commands'
import type { Runbook } from '../model'
import { commandsIn, scenariosIn } from '../report-parts'
import { visibleOutput } from '../visible-text'
import { CommandHead } from './command-head'
import { scriptHtml } from './markup'

/** More lines than these of what it printed are a look at the procedure itself. */
const shownLines = 6

/** What to run first, in the first screen; the procedure itself, with its proof, is where the address leads. */
export function FirstCommand({ runbook }: { readonly runbook: Runbook }) {
  const [command] = scenariosIn(runbook).flatMap(commandsIn)
  if (!command) return null
  const { script, ran } = command
  const lines = ran && endedWell(ran) ? ran.output.flatMap(({ text }) => text.trimEnd().split('\n')) : []
  return (
    <div class="cmd first">
      <CommandHead command={command}>
        <b>Run this first</b>
      </CommandHead>
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
