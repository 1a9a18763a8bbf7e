import type { ChangedLine } from '../history/changed-lines'
import type { Past, ScenarioReport } from '../model'
import { isGreen } from '../state'
import { visibleOutput, visibleScript } from '../visible-text'
import { Age } from './age'
import { versionOf } from './strip'

/**
 * What earlier runs knew of a procedure, where this run alone doesn't say enough: it failed, it was not run, or its
 * text isn't what was verified the time before.
 */
export function LastGreen({ scenario }: { readonly scenario: ScenarioReport }) {
  const { past, state } = scenario
  if (!past) return null
  const changed = (past.green?.changes.length ?? 0) > 0
  const verified = isGreen(state)
  if (verified && !changed) return null
  return (
    <div class={past.redSince === undefined ? 'past' : 'past red-since'}>
      <p>
        <Standing past={past} verified={verified} />
      </p>
      {past.green && changed && <Changes lines={past.green.changes} />}
      {past.green && !verified && <Outputs outputs={past.green.outputs} />}
    </div>
  )
}

function Standing({
  past: { green, redSince },
  verified,
}: {
  readonly past: Past
  readonly verified: boolean
}) {
  const fails = redSince !== undefined && (
    <>
      <b class="bad">
        Fails since <Age iso={redSince} />.
      </b>{' '}
    </>
  )
  if (!green) return <>{fails || null}No run is known in which it worked.</>
  const changed = green.changes.length > 0
  return (
    <>
      {fails}
      {verified ? 'It was changed since it was verified the time before,' : 'It last worked'}{' '}
      <Age iso={green.at} />
      {green.commit && (
        <>
          , commit <span class="mono">{green.commit}</span>
        </>
      )}
      {green.versions.length > 0 && `, with ${green.versions.slice(0, 3).map(versionOf).join(', ')}`}.
      {redSince !== undefined &&
        !changed &&
        ' Its text has not changed since: look at what it runs on, the scripts and manifests first.'}
    </>
  )
}

function Changes({ lines }: { readonly lines: readonly ChangedLine[] }) {
  return (
    <details open>
      <summary>What has changed in it since</summary>
      <pre class="diff">
        {'\n'}
        {lines.map(({ kind, text }, index) => (
          <span class={kind} key={`${index}`}>
            {signs[kind]}
            {visibleScript(text)}
            {'\n'}
          </span>
        ))}
      </pre>
    </details>
  )
}

const signs: Readonly<Record<ChangedLine['kind'], string>> = {
  before: '- ',
  after: '+ ',
  both: '  ',
  gap: '…',
}

function Outputs({ outputs }: { readonly outputs: readonly string[] }) {
  const printed = outputs.filter((output) => output !== '')
  if (printed.length === 0) return null
  return (
    <details>
      <summary>What its commands printed then</summary>
      {printed.map((output, index) => (
        <pre key={`${index}`}>{`\n${visibleOutput(output)}`}</pre>
      ))}
    </details>
  )
}
