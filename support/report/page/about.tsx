import type { Run } from '../model'
import { Age } from './age'

/** What the proof was made with. */
export function About({ run }: { readonly run: Run }) {
  const { lab, tools } = run
  return (
    <section class="about" id="about-this-run">
      <h2>About this run</h2>
      <dl>
        {run.startedAt && (
          <div>
            <dt>Started</dt>
            <dd>
              <Age iso={run.startedAt} />
            </dd>
          </div>
        )}
        {lab.commit && (
          <div>
            <dt>Commit</dt>
            <dd class="mono">{lab.commit}</dd>
          </div>
        )}
        {[...lab.versions, ...tools].map(({ name, version }) => (
          <div key={`${name} ${version}`}>
            <dt>{name}</dt>
            <dd>{version}</dd>
          </div>
        ))}
      </dl>
      {run.historyNote !== undefined && <p class="bad">{run.historyNote}</p>}
      {lab.simulated.length > 0 && (
        <>
          <h3>Simulated</h3>
          <ul>
            {lab.simulated.map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
        </>
      )}
      {lab.images.length > 0 && (
        <>
          <h3>Images</h3>
          <div class="wide">
            <table>
              <tbody>
                {lab.images.map((image) => (
                  <tr key={image.reference}>
                    <td class="mono">{image.reference}</td>
                    <td>{image.origin}</td>
                    <td class="mono dim digest">{image.digest}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
      <p class="dim">
        Each command ran byte for byte as shown. The search takes filters: <code>is:failed</code>{' '}
        <code>tag:degraded</code> <code>persona:on-call</code> <code>severity:critical</code>{' '}
        <code>system:nats-restore</code>. Keys: <kbd>/</kbd> search, <kbd>j</kbd> <kbd>k</kbd> next and
        previous command, <kbd>c</kbd> copy it.
      </p>
    </section>
  )
}
