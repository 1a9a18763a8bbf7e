import { readFile } from 'node:fs/promises'
import { parseAllDocuments } from 'yaml'
import { fieldManager, type Kubernetes } from './client'
import { kindOf, pathOf } from './kinds'
import type { Resource } from './resource'

/**
 * Applies objects on the server's side, as one field manager that wins every conflict. In the order given, each
 * after the one before: a workload finds its configuration there.
 *
 * @returns the objects as they are then
 * @throws Refused with what the API server has against one of them
 */
export async function apply(
  kubernetes: Kubernetes,
  objects: readonly Resource[],
): Promise<readonly Resource[]> {
  const applied: Resource[] = []
  for (const object of objects) {
    const { apiVersion, kind, metadata } = object
    const path = pathOf(kindOf(apiVersion, kind), metadata.namespace, metadata.name)
    const query = { fieldManager, force: 'true' }
    const ask = { query, body: object, type: 'application/apply-patch+yaml' }
    applied.push(await kubernetes.ask<Resource>('PATCH', path, ask))
  }
  return applied
}

/** Applies every object of a YAML file. @throws Refused, or Error when the file isn't YAML */
export async function applyFile(kubernetes: Kubernetes, file: string): Promise<readonly Resource[]> {
  return apply(kubernetes, objectsOf(await readFile(file, 'utf8')))
}

/** The objects of a YAML text, in its order. */
export function objectsOf(yaml: string): readonly Resource[] {
  const objects = parseAllDocuments(yaml).map((document) => document.toJS() as Resource | null)
  return objects.filter((object): object is Resource => object !== null)
}
