import type { Report, Runbook } from '../model'

/**
 * What the copy buttons copy, by address, for a `<script type="application/json">`. JSON keeps every byte that HTML
 * wouldn't (CRLF, NUL, trailing spaces); with `<` escaped nothing in it can end the element or begin a comment.
 *
 * @param only the one runbook whose commands are on the page; all of them unless told
 */
export function scriptBytes({ systems }: Report, only?: Runbook): string {
  const runbooks = only ? [only] : systems.flatMap((system) => system.runbooks)
  const scripts = runbooks
    .flatMap((runbook) => runbook.sections)
    .flatMap((section) => section.scenarios)
    .flatMap((scenario) => scenario.steps)
    .flatMap((step) => step.commands)
    .map((command) => [command.address, command.script] as const)
  return JSON.stringify(Object.fromEntries(scripts)).replaceAll('<', '\\u003c')
}
