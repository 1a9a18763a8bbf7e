/** One procedure, which passes at the second attempt alone: `cucumberRun(flaky, ['--retry', '1'])`. */
export const flaky: Readonly<Record<string, string>> = {
  'features/x/y.feature': `@runbook:y
Feature: Y
  Rule: 1 Check
    Scenario: a
      When the operator runs:
        """bash
        now and then
        """
`,
  'outcomes.json': JSON.stringify({ 'now and then': { failsOnce: 'the request was lost' } }),
}
