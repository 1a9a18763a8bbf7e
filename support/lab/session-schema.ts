import { fields, integer, list, text, texts } from '../schema'

/** What a session file must have, so that a lab is found by it. */
export const sessionSchema = fields({
  format: { enum: [1] },
  startedAt: text,
  versions: list(texts('name', 'version')),
  images: list(texts('reference', 'origin', 'digest')),
  lanes: list(
    fields({
      address: fields({
        lane: integer,
        network: text,
        cluster: texts('name', 'node', 'kubeconfig'),
        toolbox: text,
        s3: texts('direct', 'accessKey', 'secretKey', 'region'),
        iam: text,
        toxiproxy: text,
        nats: fields({
          operated: text,
          secondSite: text,
          // Not by words in quotes: `restore` is a script's name, and whatever names it depends on it (support/affected).
          passwords: fields({ app: text, backup: text, restore: text }),
        }),
      }),
      made: fields({ cluster: text, workloads: { type: 'object' }, services: text, toolbox: text }),
      internalKubeconfig: text,
    }),
  ),
})
