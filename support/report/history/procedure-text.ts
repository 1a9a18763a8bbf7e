import type { ScenarioReport, Step } from '../model'

/** A procedure as its page publishes it, in lines that can be compared with those of another day. */
export function procedureText({ title, prose, steps }: ScenarioReport): string {
  const published = steps.filter(({ keyword }) => keyword !== 'hook').flatMap(stepLines)
  return [title, ...(prose ? [prose] : []), ...published].join('\n')
}

function stepLines({ keyword, text, table = [], note, commands }: Step): string[] {
  return [
    `${keyword} ${text}`,
    ...table.map((row) => `  | ${row.join(' | ')} |`),
    ...(note === undefined ? [] : indented(note)),
    ...commands.flatMap(({ script }) => indented(script)),
  ]
}

function indented(text: string): string[] {
  return text.split('\n').map((line) => (line === '' ? '' : `  ${line}`))
}
