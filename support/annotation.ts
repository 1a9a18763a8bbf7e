/**
 * A workflow command of GitHub Actions, which that system reads from the output of a job and shows beside the line it is about
 * (docs.github.com, "Workflow commands for GitHub Actions").
 *
 * @param where  `features/x.feature:12`; what is no file with a line is left out
 * @returns one line: `::error file=features/x.feature,line=12,title=…::…`
 */
export function annotation(kind: 'error' | 'warning', where: string, title: string, message: string): string {
  const [, file, line] = /^(.+):(\d+)$/.exec(where) ?? []
  const properties = Object.entries({ ...(file && line ? { file, line } : {}), title })
  const listed = properties.map(([name, value]) => `${name}=${inProperty(value)}`)
  return `::${kind} ${listed.join(',')}::${inMessage(message)}`
}

/** Writes annotations where they are read: in a job of GitHub Actions. Elsewhere none is made. */
export function annotate(lines: () => readonly string[]): void {
  if (process.env.GITHUB_ACTIONS !== 'true') return
  for (const line of lines()) process.stdout.write(`${line}\n`)
}

function inMessage(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function inProperty(text: string): string {
  return inMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
