import { describe, expect, it } from 'vitest'
import { baselineOf, deviations } from './difference'
import type { Resource } from './resource'

function resource(kind: string, fields: object = {}, metadata: object = {}): Resource {
  return { apiVersion: 'v1', kind, metadata: { name: 'it', ...metadata }, ...fields }
}

function told(before: Resource | undefined, now: Resource | undefined): readonly string[] {
  const map = (each: Resource | undefined) => new Map(each ? [['it', each]] : [])
  return deviations(baselineOf(map(before)), map(now)).flatMap(({ lines }) => lines)
}

describe('objects that are alike', () => {
  it('may differ in what the API server and controllers note about them', () => {
    const volatile = (n: number) => ({
      uid: `uid-${n}`,
      resourceVersion: `${n}`,
      generation: n,
      creationTimestamp: `2026-11-24T00:00:0${n}Z`,
      managedFields: [{ manager: `m${n}` }],
      annotations: { 'pv.kubernetes.io/bind-completed': `${n}` },
    })
    const claim = (n: number) =>
      resource(
        'PersistentVolumeClaim',
        { spec: { volumeName: `pv-${n}` }, status: { phase: `${n}` } },
        volatile(n),
      )
    expect(told(claim(1), claim(2))).toEqual([])
  })

  it('are told when labels, annotations, owners or finalizers differ', () => {
    const now = { labels: { a: 'b' }, annotations: { note: 'x' }, finalizers: ['f'] }
    expect(told(resource('ConfigMap'), resource('ConfigMap', {}, now))).toHaveLength(3)
  })

  it('keep apart a service without an address of its own and one with', () => {
    const service = (clusterIP: string) =>
      resource('Service', { spec: { clusterIP, clusterIPs: [clusterIP] } })
    expect(told(service('10.0.0.1'), service('10.0.0.2'))).toEqual([])
    expect(told(service('None'), service('10.0.0.2'))).not.toEqual([])
  })

  it('show no value of a secret, neither in data nor in what kubectl notes', () => {
    const secret = (value: string) =>
      resource(
        'Secret',
        { data: { key: value } },
        { annotations: { 'kubectl.kubernetes.io/last-applied-configuration': value } },
      )
    const lines = told(secret('b25lb25lb25l'), secret('dHdvdHdvdHdv'))
    expect(lines).toHaveLength(2)
    expect(lines.join()).not.toMatch(/b25l|dHdv/)
  })

  it('differ while one is on its way out', () => {
    const leaving = resource('ConfigMap', {}, { deletionTimestamp: '2026-11-24T00:00:00Z' })
    expect(told(resource('ConfigMap'), leaving)).toEqual(['ConfigMap it: is being deleted'])
  })
})
