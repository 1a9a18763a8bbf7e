/** Where a runbook has its own page, in the folder for a web server. */
export function fileOf(runbook: string): string {
  return `${runbook}.html`
}

/**
 * A runbook's own page with links that leave it: to the pages of other runbooks, and to the whole document for all that
 * no runbook's page has. The links are ours; text of others can't be one, since it is escaped.
 *
 * @param here     address of the runbook whose page it is
 * @param runbooks addresses of all runbooks
 */
export function betweenPages(html: string, here: string, runbooks: readonly string[]): string {
  return html.replaceAll(/ href="#([^"]*)"/g, (link, address: string) => {
    const [runbook = ''] = address.split('.')
    if (runbook === here) return link
    return ` href="${runbooks.includes(runbook) ? fileOf(runbook) : 'index.html'}#${address}"`
  })
}

/** The page at an address that a runbook had before: it leads to the one it has now. Its parts have kept their numbers. */
export function movedTo(file: string, formerly: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="refresh" content="0; url=${file}">
<title>${formerly} has moved</title>
<p>${formerly} is <a href="${file}">${file}</a> now.</p>
</html>
`
}
