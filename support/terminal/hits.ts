import { visibleOutput } from '../report/visible-text'
import type { Terminal } from './output'
import type { Hit } from './search'

/** More hits than this are counted, not shown. */
const shown = 10

/** What a search found, best first; below each hit stands the command that shows it. */
export function hitsText(hits: readonly Hit[], { paint, width }: Terminal): string {
  const rest = hits.length - shown
  return `${[
    ...hits
      .slice(0, shown)
      .map(({ address, title, within, line }) =>
        [
          `  ${paint('bold', visibleOutput(title))}${within === undefined ? '' : paint('dim', ` · ${visibleOutput(within)}`)}`,
          ...(line === title ? [] : [paint('dim', `  ${cut(visibleOutput(line), width - 2)}`)]),
          `npx runbook show ${address}`,
        ].join('\n'),
      ),
    ...(rest > 0 ? [`  ${rest} more; give more words to see fewer.`] : []),
  ].join('\n\n')}\n`
}

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, Math.max(length - 1, 20))}…` : text
}
