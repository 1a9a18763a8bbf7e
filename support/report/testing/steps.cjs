// Steps for the report's own tests. `outcomes.json` in the test's folder says what a block, found by a part of its
// text, is made to have printed; everything else (ids, times, statuses, attachments) is real cucumber's.
const { createHash } = require('node:crypto')
const { existsSync, readFileSync } = require('node:fs')
const { After, BeforeAll, Given, Then, When } = require('@cucumber/cucumber')

const outcomes = existsSync('outcomes.json') ? JSON.parse(readFileSync('outcomes.json', 'utf8')) : {}

/** Outcomes that fail at the first attempt alone, and have. */
const failedOnce = new Set()

/** Cucumber tells an error's class by its constructor. */
function named(name, message) {
  const Class = { [name]: class extends Error {} }[name]
  return new Class(message)
}

function attach(world, kind, value) {
  world.attach(JSON.stringify(value), {
    mediaType: `application/vnd.runbook.${kind}+json`,
    fileName: `${kind}.json`,
  })
}

BeforeAll(() => {
  if (process.env.BREAK_BEFORE_ALL) throw named('LabBroken', 'The lab did not come up')
})

Given('the lab is described', function () {
  if (outcomes.lab) attach(this, 'lab', outcomes.lab)
})

Given(/^(?:the|a|an) (?!fault |lab is ).*[^:]$/, () => {})

Given(/^a table .*:$/, (_table) => {})

// Times of its own, as if the seconds had passed.
Given(/^the fault "(.*)" comes and goes$/, function (name) {
  const at = (ms) => new Date(Date.now() + ms).toISOString()
  attach(this, 'fault', {
    name,
    injectedAt: at(400),
    inForceAt: at(650),
    healedAt: at(9100),
    provenHealedAt: at(9400),
    proof: 'HEAD through the proxy: connection refused',
  })
})

When(/^.*\bruns:$/, function (script) {
  const key = Object.keys(outcomes).find((each) => script.includes(each))
  const outcome = outcomes[key] ?? {}
  const ran = outcome.run?.script ?? script
  const run = {
    script: ran,
    sha256: createHash('sha256').update(ran).digest('hex'),
    exitCode: 0,
    signal: null,
    durationMs: 120,
    deadlineMs: 60000,
    timedOut: false,
    expectedFailure: false,
    output: [],
    omittedBytes: 0,
    ...outcome.run,
    ...outcome.masked,
  }
  attach(this, 'command', run)
  for (const [kind, value] of outcome.attach ?? []) attach(this, kind, value)
  if (outcome.failsOnce && !failedOnce.has(key)) {
    failedOnce.add(key)
    throw named('RunbookFailed', outcome.failsOnce)
  }
  if (outcome.fails) throw named('RunbookFailed', outcome.fails)
})

When('the block never runs', (_script) => {})

Then(/^it attaches an? (\w+):$/, function (kind, json) {
  attach(this, kind, JSON.parse(json))
})

Then(/^it attaches garbage as (\w+)$/, function (kind) {
  this.attach('{"half":', `application/vnd.runbook.${kind}+json`)
})

Then(/^it throws (\w+):$/, (name, message) => {
  throw named(name, message)
})

let attempts = 0
const tried = new Set()

Given(/^it works the second time, (.*)$/, (what) => {
  if (tried.has(what)) return
  tried.add(what)
  throw named('RunbookFailed', 'Not yet')
})

Then('it passes the second time', () => {
  attempts += 1
  if (attempts < 2) throw named('RunbookFailed', 'Not yet')
})

Then('it is pending', () => 'pending')
Then('it is skipped', () => 'skipped')

Given('it is ambiguous', () => {})
Given(/^it is ambiguous$/, () => {})

After(function ({ pickle, result }) {
  if (pickle.tags.some((tag) => tag.name === '@broken-clean-up')) throw new Error('clean-up fell over')
  if (pickle.tags.some((tag) => tag.name === '@fails-in-clean-up'))
    throw named('RunbookFailed', 'and so is the volume')
  if (pickle.tags.some((tag) => tag.name === '@late-evidence')) {
    attach(this, 'evidence', {
      title: 'What the system looked like',
      items: [{ name: 'events', text: 'BackOff' }],
    })
  }
  const [, verdict] =
    /^@says-(.*)$/.exec(pickle.tags.map((tag) => tag.name).find((tag) => tag.startsWith('@says-'))) ?? []
  if (verdict)
    attach(this, 'verdict', { verdict, code: 'RBK_SAID', message: result.message ?? 'as it was told' })
})
