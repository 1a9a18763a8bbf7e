import { homedir, hostname } from 'node:os'
import { describe, expect, it } from 'vitest'
import { checkout } from '../lab/home'
import { trackedFiles } from './tracked'

/** The hosts that everyone has; a mirror of them is this machine's business. */
const everyones = ['registry.npmjs.org', 'proxy.golang.org', 'sum.golang.org', 'goproxy.io']

function lines(matches: (line: string) => boolean): string[] {
  return trackedFiles().flatMap(({ path, text }) =>
    text
      .split('\n')
      .flatMap((line, index) => (matches(line) ? [`${path}:${index + 1} ${line.trim().slice(0, 120)}`] : [])),
  )
}

describe('tracked files', () => {
  it('hold no path of a machine', () => {
    // A checkout right under the root (/src, /app) has a name that others use, too.
    const own = [checkout, homedir()].filter((path) => path.split('/').length > 2).map((path) => `${path}/`)
    const anyone = /(^|[\s"'`=(])\/(home|Users)\/[a-z][\w.-]*\//
    expect(lines((line) => anyone.test(line) || own.some((path) => line.includes(path)))).toEqual([])
  })

  it('hold no host of a mirror, a proxy or this machine', () => {
    const { env } = process
    const settings = [
      env.npm_config_registry,
      env.GOPROXY,
      env.HTTP_PROXY,
      env.HTTPS_PROXY,
      env.http_proxy,
      env.https_proxy,
    ]
    const hosts = settings.flatMap((setting) =>
      [...(setting ?? '').matchAll(/\/\/(?:[^@/,|]*@)?([^:/,|]+)/g)].map(([, host]) => host),
    )
    const own = [...hosts, hostname().length > 8 ? hostname() : undefined].filter(
      (host): host is string =>
        host !== undefined && !everyones.includes(host) && !/^(localhost|127\.|\[?::1)/.test(host),
    )
    expect(lines((line) => own.some((host) => line.includes(host)))).toEqual([])
  })

  it('of npm name no registry but the public one', () => {
    const lock = trackedFiles().find(({ path }) => path === 'package-lock.json')
    const elsewhere = [...(lock?.text ?? '').matchAll(/"resolved": "([^"]+)"/g)].filter(
      ([, url = '']) => !url.startsWith('https://registry.npmjs.org/') && url.includes('://'),
    )
    expect(elsewhere.map(([line]) => line)).toEqual([])
  })
})
