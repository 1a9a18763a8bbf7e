import type { Runbook } from './model'

/** Where something is, seen from the page that links to it: `#restore-drill`, `backup-quickstart.md#quick-start`. */
export type LinkTo = (address: string) => string

/**
 * Prose of a runbook, as Markdown: what it says of other runbooks becomes links. They are named by their
 * title or the beginning of it (*Take a NATS backup now*), by their place (nats-backup/security), or by their address
 * (restore-drill). Tags are shown as they are written.
 */
export function linked(prose: string, runbooks: readonly Runbook[], linkTo: LinkTo): string {
  const titled = (title: string) => {
    const said = title.replaceAll(/\s+/g, ' ')
    return runbooks.find((each) => each.title.startsWith(said))?.address
  }
  const named = (name: string) =>
    runbooks.find(
      ({ uri, address }) => uri === `features/${name}.feature` || (name.includes('-') && address === name),
    )?.address
  return outsideOfCode(prose, (text) =>
    text
      .replaceAll('<', '&lt;')
      .replaceAll(/(?<![*\w])\*([^*]+)\*(?!\*)/g, (whole: string, title: string) =>
        link(title, titled(title), whole, linkTo),
      )
      .replaceAll(
        /(?<![\w/.[#-])[a-z][a-z0-9]*(?:-[a-z0-9]+)*(?:\/[a-z0-9-]+)?(?![\w/\]-])/g,
        (name: string) => link(name, named(name), name, linkTo),
      ),
  )
}

function link(text: string, address: string | undefined, otherwise: string, linkTo: LinkTo): string {
  return address === undefined ? otherwise : `[${text}](${linkTo(address)})`
}

/** Applies a change to the parts of Markdown that are not code spans. */
export function outsideOfCode(markdown: string, change: (text: string) => string): string {
  return markdown
    .split(/((?<!`)(`+)(?!`)[\s\S]*?(?<!`)\2(?!`))/)
    .map((part, index) => (index % 3 === 0 ? change(part) : index % 3 === 1 ? part : ''))
    .join('')
}
