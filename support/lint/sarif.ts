import type { LintFinding } from './finding'
import type { Linted } from './lint'
import { type RuleName, rules } from './rules'

const names = Object.keys(rules) as RuleName[]

/**
 * The findings as SARIF 2.1.0 (docs.oasis-open.org/sarif), which code reviews and editors show beside the line. Paths
 * are relative to the checkout; every rule is listed, also those that found nothing.
 */
export function sarifOf({ findings, unchecked }: Linted): object {
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'runbook lint', rules: names.map(ruleOf) } },
        columnKind: 'utf16CodeUnits',
        // Without shellcheck not all of it was looked at, so no finding is no proof.
        invocations: [
          unchecked
            ? {
                executionSuccessful: false,
                toolExecutionNotifications: [{ level: 'error', message: { text: unchecked.message } }],
              }
            : { executionSuccessful: true },
        ],
        results: findings.map(resultOf),
      },
    ],
  }
}

function ruleOf(id: RuleName): object {
  const { asks, why } = rules[id]
  return {
    id,
    shortDescription: { text: asks },
    help: { text: `${asks} ${why}` },
    defaultConfiguration: { level: 'error' },
  }
}

function resultOf({ rule, uri, line, what, mend }: LintFinding): object {
  return {
    ruleId: rule,
    ruleIndex: names.indexOf(rule),
    level: 'error',
    message: { text: `${what}\n${mend}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: encodeURI(uri), uriBaseId: '%SRCROOT%' },
          region: { startLine: line },
        },
      },
    ],
  }
}
