// No `paths` here: paths given on the command line are added to a profile's, they don't replace them.
const { enableCompileCache } = require('node:module')
const { join } = require('node:path')

// Plain `npx cucumber-js` gets what support/cli/bootstrap.cjs gives (docs/decisions/0060-bootstrap.md).
enableCompileCache?.(join(__dirname, 'node_modules', '.cache', 'node'))

module.exports = {
  default: {
    requireModule: [join(__dirname, 'support', 'typescript.cjs')],
    require: ['support/world.ts', 'support/hooks.ts', 'steps/**/*.steps.ts'],
    // The gate first: it refuses what can't be judged before the lab's plugin starts anything.
    plugin: ['./support/gate/plugin.cjs', './support/plugin.cjs'],
    // The reports come into the folder of that file. Cucumber empties it before a run has begun, so it's none of them.
    format: ['./support/report/console.cjs', ['./support/report/formatter.cjs', 'reports/.opened']],
    formatOptions: {
      runbook: {
        // When a proof that nobody repeated turns amber, then red, on the page.
        ageing: { amberDays: 7, redDays: 30 },
        // So many procedures may pass only when they are tried again (--retry); with more the run shows nothing.
        flakyLimit: 3,
      },
    },
    strict: true,
  },
}
