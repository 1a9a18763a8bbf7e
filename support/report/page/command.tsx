import type { CommandRun } from '../attachment'
import { endedWell, howItEnded, markedOutput } from '../commands'
import { spoken } from '../duration'
import type { Command } from '../model'
import { visibleOutput } from '../visible-text'
import { CommandHead } from './command-head'
import { scriptHtml } from './markup'
import { UndoLink } from './undo'

/** One published block: what it does, its bytes, what it printed, and the proof. */
export function CommandBox({ command }: { readonly command: Command }) {
  const { address, effect, script, ran, usual } = command
  return (
    <div class="cmd" id={address} tabIndex={-1} data-command={address}>
      <CommandHead command={command}>
        {effect.because && <span class="because">{effect.because}</span>}
      </CommandHead>
      <pre class="script" dangerouslySetInnerHTML={{ __html: scriptHtml(script) }} />
      {ran && <Output ran={ran} />}
      <p class="proof">
        {ran ? <Proof ran={ran} /> : <span>did not run in this run</span>}
        {usual && usual.runs > 1 && (
          <span>
            usually {spoken(usual.medianMs)}, at most {spoken(usual.p95Ms)} in 95 of 100 ({usual.runs} runs)
          </span>
        )}
        {effect.level === 'destroys' && <UndoLink />}
      </p>
    </div>
  )
}

/** Longer outputs are folded away; a failed command's is always open. */
const openLines = 14

/** More than this of one output isn't put on the page, whatever the harness let through. */
const shownCharacters = 100_000

function Output({ ran }: { readonly ran: CommandRun }) {
  const lines = ran.output.reduce((sum, part) => sum + part.text.split('\n').length - 1, 0)
  const stderr = ran.output.some((part) => part.stream === 'stderr')
  const green = endedWell(ran)
  if (ran.output.length === 0) return <p class="none">Prints nothing.</p>
  return (
    <details open={!green || lines <= openLines}>
      <summary>
        {green ? 'Expect' : 'It printed'}
        {lines > 1 && ` · ${lines} lines`}
        {stderr && (
          <span class="legend">
            <span class="err">stderr</span>
          </span>
        )}
      </summary>
      <pre class="output">
        {'\n'}
        {clipped(ran).map((part, index) => {
          const text = visibleOutput(part.text)
          const key = `${index}`
          return part.stream === 'stderr' ? (
            <span class="err" key={key}>
              {text}
            </span>
          ) : (
            <span key={key}>{text}</span>
          )
        })}
      </pre>
      {ran.omittedBytes > 0 && (
        <p class="none">
          {ran.omittedBytes.toLocaleString('en')} bytes of the middle are left out here
          {ran.fullOutput && <FullOutput path={ran.fullOutput} />}.
        </p>
      )}
    </details>
  )
}

/** A link only into the report's own folder of evidence. */
function FullOutput({ path }: { readonly path: string }) {
  return <>: {/^evidence\/[\w.-]+$/.test(path) ? <a href={path}>{path}</a> : path}</>
}

function clipped(ran: CommandRun): CommandRun['output'] {
  let left = shownCharacters
  return markedOutput(ran, '\n(…)\n').flatMap((part) => {
    if (left <= 0) return []
    const text =
      part.text.length > left ? `${part.text.slice(0, left)}\n(more than is shown here)\n` : part.text
    left -= part.text.length
    return [{ ...part, text }]
  })
}

function Proof({ ran }: { readonly ran: CommandRun }) {
  return (
    <>
      <span>ran as shown</span>
      <span class={endedWell(ran) ? '' : 'bad'}>{howItEnded(ran)}</span>
      <span>took {spoken(ran.durationMs)}</span>
      {ran.deadlineMs > 0 && <span>stop waiting after {spoken(ran.deadlineMs)}</span>}
      <span class="sha" title={ran.sha256}>
        sha256 {ran.sha256.slice(0, 12)}
        <i>{ran.sha256.slice(12)}</i>
      </span>
    </>
  )
}
