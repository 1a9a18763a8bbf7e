import MiniSearch from 'minisearch'
import { expect, it } from 'vitest'
import { nearestTo } from './nearest'

const procedures = [
  {
    address: 'a.1',
    title: '"NATS is down"',
    prose: 'No server answers.',
    commands: '',
    output: 'backup failed: NATS is down\nwhy: nats: no servers available',
  },
  {
    address: 'a.2',
    title: '"S3 refuses"',
    prose: '',
    commands: '',
    output: 'off-site copy: FAILED\nwhy: connection refused by http://s3:9000\n'.repeat(50),
  },
  {
    address: 'a.3',
    title: 'All is well',
    prose: 'connection, refused: not here',
    commands: '',
    output: 'backup: succeeded',
  },
]
const near = nearestTo(MiniSearch, procedures)

it('gives the procedure and its line that are most like a text, best first', () => {
  expect(near('2027-01-01T00:00:00Z why: connection refused by http://minio:1', 2)).toEqual([
    { address: 'a.2', line: 'why: connection refused by http://s3:9000' },
    expect.objectContaining({ address: 'a.3' }),
  ])
  expect(near('nats: no servers available for connection', 1)).toEqual([
    { address: 'a.1', line: 'why: nats: no servers available' },
  ])
})

it('takes no notice of what differs from run to run', () => {
  expect(
    near('nats-backup-29731680-x7k2p 20261126T080316Z 10.96.0.17', 5).map(({ address }) => address),
  ).toEqual(near('nats backup', 5).map(({ address }) => address))
})

it('finds nothing where nothing is alike', () => {
  expect(near('', 5)).toEqual([])
  expect(near('\u0000 12345 ~~~', 5)).toEqual([])
})

it('works as its source, as the page carries it', () => {
  const copy = new Function(`return ${nearestTo.toString()}`)() as typeof nearestTo
  expect(copy(MiniSearch, procedures)('NATS is down', 1)).toEqual(near('NATS is down', 1))
})
