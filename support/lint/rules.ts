/** What a rule of the lint asks for, in a sentence, and why: what an editor or a code review shows beside a finding. */
interface Rule {
  readonly asks: string
  readonly why: string
}

/** Every rule of the lint, by the name that is printed with what it finds. */
export const rules = {
  syntax: {
    asks: 'A feature is valid Gherkin.',
    why: 'Whatever comes after the first error is guesswork.',
  },
  empty: {
    asks: 'A feature has scenarios, a scenario has steps, a table of examples has rows, a part says something.',
    why: 'What runs nothing would be green by accident.',
  },
  tags: {
    asks: 'Tags are those of the closed list (support/gate/tags.ts), and don’t contradict each other.',
    why: 'A misspelt tag would silently select, order or protect nothing.',
  },
  titles: {
    asks: 'A scenario has a title of its own within its runbook.',
    why: 'It is named by it in a chat, in JUnit and in the history.',
  },
  addresses: {
    asks: 'The address of a runbook, and the number of each of its parts, is there once.',
    why: 'Links, bookmarks and alerts lead to them.',
  },
  'page-tags': {
    asks: 'A runbook says what it is called, for whom it is and whether it changes anything: @runbook:, @persona:, and one of @mutates and @read-only.',
    why: 'The on-call person must know what is safe before reading on. A page without an address of its own loses its links when the file is renamed.',
  },
  'page-fields': {
    asks: 'A runbook begins with Use when, Do not use when, Before you begin and Escalate. A degraded mode says all of what fails, what still works, for how long, and what to do.',
    why: 'They tell in ten seconds whether this is the page, and whom to call when it isn’t.',
  },
  parts: {
    asks: 'The parts of a runbook are 1 Check, 2 Fix, 3 Prove it worked, 4 Undo, 5 If it goes wrong; one that only reads needs 1 and 5.',
    why: 'Whoever knows one page finds the way in all of them.',
  },
  undo: {
    asks: 'A runbook that changes something says how to undo it, or is @irreversible.',
    why: 'Nobody should paste a command at 03:00 without knowing the way back.',
  },
  steps: {
    asks: 'A step is one that a step definition matches.',
    why: 'Nothing can run it, and cucumber says so only when it gets there.',
  },
  'block-type': {
    asks: 'What a step runs is typed: it begins with """bash.',
    why: 'All that is asked of a command block is asked by its type, and it is what the page copies.',
  },
  interruptible: {
    asks: 'A scenario that is @interruptible looks at what came of its blocks, not only at what they print.',
    why: 'They are cut off and pasted again. What the last line prints doesn’t tell whether that came to the same.',
  },
  outline: {
    asks: 'No command block stands in a Scenario Outline.',
    why: 'Gherkin would replace <words> in it, and a block runs byte for byte.',
  },
  prompt: {
    asks: 'A command block is what is typed, without the prompt.',
    why: 'A pasted prompt is a program that doesn’t exist, a file that is emptied, or a comment that hides the command.',
  },
  placeholder: {
    asks: 'A command block has nothing to fill in: no <name>, no “...” in the place of an argument.',
    why: 'To the shell <name> is a redirection: it reads one file and may empty another; between quotes it is something that isn’t there. What has to be chosen is a variable in the first line.',
  },
  'old-log': {
    asks: 'A block that creates a Job and shows its log gives it a name of its own time, or removes the old one first.',
    why: 'Where a Job of that name is there, the lines go on and show the log of another night.',
  },
  typography: {
    asks: 'Quotes and hyphens in a command block are those of the keyboard.',
    why: 'A shell takes curly quotes and long dashes for letters.',
  },
  invisible: {
    asks: 'A command block has no character that can’t be seen, other than a space.',
    why: 'A no-break space is part of a word to the shell, and a tab asks a terminal for completion.',
  },
  'line-break': {
    asks: 'Behind the backslash that continues a line nothing follows.',
    why: 'A blank there ends the command, and the next line runs as one of its own.',
  },
  'home-path': {
    asks: 'No path leads into somebody’s home.',
    why: 'It is there on one machine only.',
  },
  unfinished: {
    asks: 'Nothing is marked as still to be done.',
    why: 'Who reads it at 03:00 can’t do it.',
  },
  shellcheck: {
    asks: 'shellcheck finds nothing in a command block.',
    why: 'Most of what it finds works until a name has a space, or a command fails.',
  },
  files: {
    asks: 'Files of this checkout that a runbook names are there.',
    why: 'A command with a wrong path stops the procedure.',
  },
  'cross-references': {
    asks: 'A runbook that another one names is there: *by its title*, by its place (nats-backup/security) or by its address (see restore-drill).',
    why: 'Whoever follows it would end nowhere.',
  },
  alerts: {
    asks: 'Every alert of the PrometheusRules under fixtures/ has a runbook with its @alert: tag, and every @alert: is the name of such an alert.',
    why: 'A page that nobody is led to, and an alert that leads nowhere, are found out during an incident.',
  },
} as const satisfies Readonly<Record<string, Rule>>

export type RuleName = keyof typeof rules
