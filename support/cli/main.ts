import { Argument, Command } from 'commander'
import { endWith } from '../gate/exit-code'
import { exitCodes } from '../gate/verdict'

// Each command's module is loaded only when it is called: `run` and `--help` shouldn't pay for Docker's client.
const load = {
  run: () => require('./run') as typeof import('./run'),
  test: () => require('./test') as typeof import('./test'),
  lint: () => require('./lint') as typeof import('./lint'),
  up: () => require('./up') as typeof import('./up'),
  down: () => require('./down') as typeof import('./down'),
  status: () => require('./status') as typeof import('./status'),
  doctor: () => require('./doctor') as typeof import('./doctor'),
  reset: () => require('./reset') as typeof import('./reset'),
  shell: () => require('./shell') as typeof import('./shell'),
  images: () => require('./images') as typeof import('./images'),
  docs: () => require('./docs') as typeof import('./docs'),
  coverage: () => require('./coverage') as typeof import('./coverage'),
  pages: () => require('./pages') as typeof import('./pages'),
  report: () => require('./report') as typeof import('./report'),
}

const program = new Command('runbook')
  .description('Run operations runbooks for real, and judge them.')
  .showHelpAfterError('(see npx runbook --help)')
  .configureHelp({ helpWidth: 110 })
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : exitCodes.misuse))

program
  .command('run')
  .summary('run the runbooks, write reports/, end with the exit code of the verdict')
  .description(
    `Brings the lab up if it isn't, runs the runbooks and writes reports/. Takes what cucumber-js takes:
paths (features/x.feature:12), --tags, --name, --order, --format...

With --changed-since it runs what a change can affect, by what git says differs from where this branch left REF: its
commits, and what isn't committed. In doubt that is every runbook. It ends with 0 when no runbook can be affected.

Exit code: 0 passed, 1 failed, 2 misuse, 3 inconclusive.`,
  )
  .argument('[args...]')
  .option('--changed-since <ref>', 'only the runbooks that a change since this commit or branch can affect')
  .option('--explain', 'with --changed-since: say which these are and why, and run nothing')
  .option(
    '--rerun',
    'go on with the last run: what failed, was inconclusive or was never begun; one report of both',
  )
  .option(
    '--repeat <times>',
    'run so often, each time in another random order, and tell what is not steady; with --rerun the last series goes on',
  )
  .option(
    '--cluster <file>',
    'run on a cluster that is there already, by its file (docs/existing-cluster.md), and not in the lab',
  )
  .allowUnknownOption()
  .action((_args, options, command) => load.run().run(command.args, options))

program
  .command('test')
  .description('everything that gates: types, lint, unit and black-box tests, the runbooks')
  .option('--no-runbooks', 'all but the runbooks, where shards run those')
  .action((options) => exit(load.test().test(options)))

program
  .command('lint')
  .summary('what has to be mended in the runbooks, without running them')
  .description(
    `Looks for all that can be known to be wrong with a runbook without running it. A run refuses the same.

Exit code: 0 nothing to mend, 2 something is, or the paths select nothing, 3 shellcheck is missing.`,
  )
  .argument('[paths...]', 'features, or folders of them; features/ if none is given')
  .option('--fix', 'mend what can only be meant one way, and tell the rest')
  .option('--sarif <file>', 'write the findings as SARIF 2.1.0 too, for an editor or a code review')
  .action((paths, options) => exit(load.lint().lintFeatures(paths, options)))

program
  .command('up')
  .description('bring the lab up and leave it running')
  .option('--lanes <number>', 'isolated copies of the lab, one for each parallel worker', '1')
  .action((options) => exit(load.up().up(options)))

program
  .command('down')
  .description('take the lab down, and whatever an earlier one left')
  .option('--keep-engine', 'leave the private Docker engine running, for the next start')
  .action((options) => exit(load.down().down(options)))

program
  .command('status')
  .description('what is up, and whether the next run can use it as it is')
  .action(() => exit(load.status().status()))

program
  .command('doctor')
  .description('check what a run needs; for what is wrong, print the command that mends it')
  .action(() => exit(load.doctor().doctor()))

program
  .command('reset')
  .description('put a lane back to the state in which every scenario begins')
  .option('--lane <number>', 'which lane', '0')
  .action((options) => exit(load.reset().reset(options)))

program
  .command('shell')
  .description(
    `Opens the toolbox of a lane, as an operator sees it. The lane is as the last scenario left it; to begin as
scenarios do: npx runbook reset`,
  )
  .summary('open the toolbox as an operator sees it')
  .option('--lane <number>', 'which lane', '0')
  .action((options) => exit(load.shell().shell(options)))

program
  .command('images')
  .description(
    'list every image, where it came from and its digest; `lock` records the digests of a registry',
  )
  .addArgument(new Argument('[action]').choices(['lock']))
  .action((action) => exit(action === 'lock' ? load.images().lockImages() : load.images().images()))

program
  .command('show')
  .summary('a runbook, or a part of it, in the terminal')
  .description(
    `Prints a runbook from features/, with what the last run has shown of it. Commands begin at the margin and are
never broken, so they can be copied as they are. For a part of it: show quick-start.2.1`,
  )
  .argument('[address...]', 'quick-start, quick-start.2.1, quick-start#2.1 or the feature’s file')
  .option('--alert <name>', 'the runbooks for an alert')
  .option('--full', 'all that commands printed, not just its beginning and end')
  .action((address, options) => exit(load.pages().show(address, options)))

program
  .command('list')
  .description('all runbooks by system: when to use each, and where it stood in the last run')
  .action(() => exit(load.pages().list()))

program
  .command('search')
  .description('find words, or a whole line of an error, in the runbooks and in what the last run printed')
  .argument('<text...>')
  .action((text) => exit(load.pages().search(text)))

program
  .command('docs')
  .description('write the pages under docs/ that are made from the features, the steps and the last run')
  .option('--check', 'write nothing; fail when a page is stale, or says that something is missing')
  .option('--no-run', 'leave the verdicts in docs/scenarios.md as they are: nothing else needs a run')
  .action((options) => exit(load.docs().docs(options)))

program
  .command('coverage')
  .summary('what is published and was not shown by the last run')
  .description(
    `Lists what is published and was not shown by the last run: command blocks with the bytes they have today, degraded modes,
exit codes and messages of the scripts. docs/waivers.yaml answers for what can't be shown, each with a reason and a last day.

Exit code: 0 all is shown or waived, 1 there are gaps, 2 a waiver is of nothing, or a file can't be read.`,
  )
  .action(() => exit(load.coverage().coverage()))

program
  .command('report')
  .description('work with the reports of runs')
  .command('merge')
  .summary('one report from the message files of shards, or of several runs')
  .description(
    `Writes one report, with one verdict, from the message files of shards and of several runs. Of a scenario that several
of them were to run, the latest run counts. Files are named from the top of the checkout.

Exit code: that of the verdict, as for a run; 2 when a file can't be read, and nothing is written then.`,
  )
  .argument('<files...>', 'messages.ndjson of each')
  .option('-o, --output <folder>', 'where the report is written', 'reports')
  .action((files, options) => exit(load.report().mergeReports(files, options)))

program.parseAsync().catch(endWith)

async function exit(exitCode: Promise<number>): Promise<void> {
  process.exitCode = await exitCode
}
