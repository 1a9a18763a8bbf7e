import { expect, it } from 'vitest'
import { frames } from './frames'

it('takes the streams apart, wherever the connection cut them', () => {
  const sent = [frame(1, 'out '), frame(2, 'err'), frame(1, ''), frame(1, 'x'.repeat(70_000)), frame(2, '\0')]
  const all = Buffer.concat(sent)
  for (const size of [1, 3, 8, 11, 1000, all.length]) {
    const got = { stdout: '', stderr: '' }
    const feed = frames((stream, bytes) => {
      got[stream] += bytes.toString('latin1')
    })
    for (let at = 0; at < all.length; at += size) feed(all.subarray(at, at + size))
    expect(got).toEqual({ stdout: `out ${'x'.repeat(70_000)}`, stderr: 'err\0' })
  }
})

function frame(stream: number, text: string): Buffer {
  const header = Buffer.alloc(8)
  header[0] = stream
  header.writeUInt32BE(text.length, 4)
  return Buffer.concat([header, Buffer.from(text)])
}
