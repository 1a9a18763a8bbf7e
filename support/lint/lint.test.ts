import { describe, expect, it } from 'vitest'
import { checkout } from '../lab/home'
import { featuresAt, parsedFeature, readFeatures } from './features'
import { lint } from './lint'
import { type RuleName, rules } from './rules'
import { goodPage, withBlock } from './testing/good-page'
import { checkoutWith } from './testing/linted'

const manifest = 'kind: PrometheusRule\nspec:\n  groups:\n    - rules:\n        - alert: Known\n'
const steps = `
Given('it works', () => undefined)
Given(/^[ab]$/, () => undefined)
When('the operator runs:', function (script: string) {
  this.operator.run(script)
})
Then('the output shows {string}', function (text: string) {
  this.operator.shows(text)
})
`
const root = checkoutWith({ 'fixtures/there.yaml': 'kind: ConfigMap\n', 'steps/all.steps.ts': steps })

function rulesThatFind(text: string, at = root): RuleName[] {
  return lint(parsedFeature('features/good.feature', text), at).findings.map(({ rule }) => rule)
}

const good = goodPage({ check: withBlock('kubectl apply -f fixtures/there.yaml') })
const block = (text: string) => goodPage({ check: withBlock(text) })

/** A page for each rule in which that rule alone finds something. */
const wrong: Readonly<Record<RuleName, string>> = {
  syntax: goodPage({ check: 'Scenario: one\n  Given a\n  Whan b' }),
  empty: good.replace('Nothing does.', ''),
  tags: good.replace('@read-only', '@read-only @degarded'),
  titles: goodPage({ check: 'Scenario: one\n  Given a\nScenario: One\n  Given a' }),
  addresses: good.replace('@read-only', '@read-only @formerly:good'),
  'page-tags': good.replace('@persona:operator', ''),
  'page-fields': good.replace('**Escalate**', '**Call**'),
  parts: good.replace('Rule: 1 Check', 'Rule: 1 Look'),
  undo: good
    .replace('@read-only', '@mutates')
    .replace('Rule: 5', 'Rule: 2 Fix\n    x\n\n  Rule: 3 Prove it worked\n    x\n\n  Rule: 5'),
  steps: goodPage({ check: 'Scenario: one\n  Given it wroks' }),
  'block-type': goodPage({ check: withBlock('$ kubectl get pods <pod>').replace('"""bash', '"""') }),
  interruptible: goodPage({
    check: `@interruptible\n${withBlock('ls /')}\n  Then the output shows "bin"`,
  }),
  outline: goodPage({
    check: `${withBlock('ls').replace('Scenario:', 'Scenario Outline:')}\n  Examples:\n    | a |\n    | 1 |`,
  }),
  prompt: block('$ kubectl get pods'),
  placeholder: block('kubectl logs ...'),
  'old-log': block('kubectl create job --image=x slow\nkubectl logs job/slow'),
  typography: block('kubectl get pods —watch'),
  invisible: block('kubectl get\tpods'),
  'line-break': block('kubectl get pods \\ \n  -A'),
  'home-path': block(`ls /${'home'}/ann/backups`),
  unfinished: good.replace('Nothing does.', 'TODO'),
  shellcheck: block('name="a b"\nls $name'),
  files: block('kubectl apply -f fixtures/gone.yaml'),
  'cross-references': good.replace('Nothing does.', 'See restore-drill.'),
  alerts: good.replace('@read-only', '@read-only @alert:Unknown'),
}

describe('lint', () => {
  it('finds nothing in a good page, without an alert or with one', () => {
    expect(rulesThatFind(good)).toEqual([])
    const alerting = checkoutWith({ 'fixtures/there.yaml': manifest })
    expect(rulesThatFind(good.replace('@read-only', '@read-only @alert:Known'), alerting)).toEqual([])
  })

  it.each(Object.keys(rules) as RuleName[])('has a rule %s, which finds what the others do not', (rule) => {
    const alerting = checkoutWith({
      'fixtures/there.yaml': manifest,
      'features/other.feature': goodPage({ address: 'other', tags: '@alert:Known' }),
    })
    const found = rulesThatFind(wrong[rule], rule === 'alerts' ? alerting : root)
    // What shellcheck knows too is told by both: it has no words for a runbook's author.
    expect(new Set(found.filter((each) => each === rule || each !== 'shellcheck'))).toEqual(new Set([rule]))
  })

  it('finds a file in which nothing would run', () => {
    expect(rulesThatFind('Feature: x\n')).toEqual(['empty'])
  })

  it('sorts by file and line, and says where', () => {
    const { findings } = lint(
      [
        ...parsedFeature('features/b.feature', goodPage({ address: 'b', tags: '@one' })),
        ...parsedFeature(
          'features/a.feature',
          goodPage({ address: 'a', tags: '@two', check: 'Scenario: s' }),
        ),
      ],
      root,
    )
    expect(findings.map(({ at }) => at)).toEqual([
      'features/a.feature:1',
      'features/a.feature:12',
      'features/b.feature:1',
    ])
  })

  it('finds nothing in the runbooks that are here', () => {
    const envelopes = readFeatures(featuresAt(['features'], checkout, checkout), checkout)
    expect(lint(envelopes, checkout)).toMatchObject({ findings: [], pages: { length: expect.any(Number) } })
  })
})
