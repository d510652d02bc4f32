// The least that the way of a picture can be: the same steps on the same pixels in this very process, kept in memory and
// announced to an empty page. Nothing is checked, isolated, stored, encrypted or audited, and the original is not shown.
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { automaticRecipe, small } from '#server/imaging/automatic.ts'
import { derive } from '#server/imaging/pipeline/derive.ts'
import { warmUp } from '#server/imaging/pipeline/warm-up.ts'

// As large as a card of ours.
const page = `<!doctype html><title>Pictures</title><script>
new EventSource('/news').onmessage = ({ data }) => {
  const picture = new Image(190)
  picture.src = '/pictures/' + data + '/thumbnail'
  document.body.prepend(picture)
}</script><body>`

const made: Buffer[] = []
const listeners = new Set<ServerResponse>()
const http = createServer((request, response) => {
  const { method, url = '' } = request
  if (url === '/news') {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' }).flushHeaders()
    listeners.add(response)
    return
  }
  const picture = made[Number(/^\/pictures\/(\d+)\/thumbnail$/.exec(url)?.[1] ?? -1)]
  if (picture) return void response.writeHead(200, { 'Content-Type': 'image/webp' }).end(picture)
  if (method !== 'POST') return void response.writeHead(200, { 'Content-Type': 'text/html' }).end(page)
  enhance(request).then(
    () => response.end(),
    (error: unknown) => response.writeHead(500).end(String(error)),
  )
})

async function enhance(body: NodeJS.ReadableStream): Promise<void> {
  const { thumbnail } = await derive(await buffer(body), automaticRecipe, small)
  const number = made.push(thumbnail) - 1
  for (const listener of listeners) listener.write(`data: ${number}\n\n`)
}

await warmUp()
http.listen(0, '127.0.0.1', () => {
  process.stdout.write(`ready: http://127.0.0.1:${(http.address() as AddressInfo).port}\n`)
})
