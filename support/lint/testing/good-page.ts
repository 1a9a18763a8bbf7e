/** What of a page that the lint takes is of interest to a test. */
export interface Wanted {
  /** Beside @persona: and @read-only. */
  readonly tags?: string
  readonly address?: string
  /** The scenarios of part 1, without the indentation of the part. */
  readonly check?: string
}

const scenario = 'Scenario: one\n  Given it works'

/** A page in which the lint finds nothing. Its scenarios begin at line 12. */
export function goodPage({ tags = '', address = 'good', check = scenario }: Wanted = {}): string {
  return `@runbook:${address} @persona:operator @read-only ${tags}
Feature: ${address}
  **Use when** a test needs a page.

  **Do not use when** it needs none.

  **Before you begin** nothing.

  **Escalate** nobody.

  Rule: 1 Check
${check.replaceAll(/^(?=.)/gm, '    ')}

  Rule: 5 If it goes wrong
    Nothing does.
`
}

/** A scenario whose only step runs a block. On a good page the block begins at line 15. */
export function withBlock(block: string): string {
  const lines = ['"""bash', ...block.split('\n'), '"""'].map((line) => (line === '' ? '' : `    ${line}`))
  return ['Scenario: one', '  When the operator runs:', ...lines].join('\n')
}
