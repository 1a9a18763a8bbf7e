/** Which of a process's two outputs. */
export type Stream = 'stdout' | 'stderr'

/** Told of each piece of output, in the order in which the engine read them. */
export type Sink = (stream: Stream, bytes: Buffer) => void

const headerLength = 8

/**
 * Takes apart the one connection on which the engine sends both outputs: frames of an 8-byte header
 * (byte 0 the stream, bytes 4-7 the length) and a payload. Source: "Attach to a container" in Docker's
 * API reference. A payload is passed on as it arrives, whole or not.
 *
 * @returns what to feed with each buffer that arrives
 */
export function frames(sink: Sink): (arrived: Buffer) => void {
  const header = Buffer.alloc(headerLength)
  let headerHas = 0
  let payloadLeft = 0
  return (arrived) => {
    let at = 0
    while (at < arrived.length) {
      if (payloadLeft > 0) {
        const payload = arrived.subarray(at, at + payloadLeft)
        at += payload.length
        payloadLeft -= payload.length
        sink(header[0] === 2 ? 'stderr' : 'stdout', payload)
      } else {
        const copied = arrived.copy(header, headerHas, at, at + headerLength - headerHas)
        at += copied
        headerHas += copied
        if (headerHas < headerLength) return
        headerHas = 0
        payloadLeft = header.readUInt32BE(4)
      }
    }
  }
}
