import { once } from 'node:events'
import { createServer, request } from 'node:http'
import { freePorts } from '../lab/free-ports'

/** A way to an object store on which others are quicker. */
export interface SlowerWay extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`: takes the store's place in AWS_ENDPOINT_URL. */
  readonly url: string
}

/**
 * Opens a way to a store on which somebody else is quicker: what is uploaded arrives, and before the uploader learns
 * of it, others act. Everything else passes as it is; the store itself checks the signatures.
 *
 * @param store     the store's own address, `http://127.0.0.1:PORT`
 * @param meanwhile what others do between the store's answer to an upload and its arrival
 */
export async function openSlowerWay(store: string, meanwhile: () => Promise<unknown>): Promise<SlowerWay> {
  const server = createServer((asked, answer) => {
    const { method, headers, url } = asked
    const passed = request(new URL(url ?? '/', store), { method, headers }, async (said) => {
      if (method === 'PUT') await meanwhile()
      answer.writeHead(said.statusCode ?? 502, said.headers)
      said.pipe(answer)
    })
    passed.on('error', () => answer.destroy())
    asked.pipe(passed)
  })
  const [port] = await freePorts(1)
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const close = async () => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
  return { url: `http://127.0.0.1:${port}`, [Symbol.asyncDispose]: close }
}
