import type { Report } from '../model'

/**
 * What the copy buttons copy, by address, for a `<script type="application/json">`. JSON keeps every byte that HTML
 * wouldn't (CRLF, NUL, trailing spaces); with `<` escaped nothing in it can end the element or begin a comment.
 */
export function scriptBytes({ systems }: Report): string {
  const scripts = systems
    .flatMap((system) => system.runbooks)
    .flatMap((runbook) => runbook.sections)
    .flatMap((section) => section.scenarios)
    .flatMap((scenario) => scenario.steps)
    .flatMap((step) => step.commands)
    .map((command) => [command.address, command.script] as const)
  return JSON.stringify(Object.fromEntries(scripts)).replaceAll('<', '\\u003c')
}
