import { createCipheriv, createHash } from 'node:crypto'

/**
 * Bytes that look random and are the same for the same seed and name: nothing about them compresses, so the
 * size of an archive says how much was really written.
 *
 * @param length in bytes
 */
export function content(seed: string, name: string, length: number): Buffer {
  const key = createHash('sha256').update(`${seed}/${name}`).digest()
  return createCipheriv('aes-256-ctr', key, Buffer.alloc(16)).update(Buffer.alloc(length))
}

/** A whole number from `from` to `to`, the same for the same seed and name. */
export function choice(seed: string, name: string, from: number, to: number): number {
  return from + (content(seed, name, 4).readUInt32BE() % (to - from + 1))
}
