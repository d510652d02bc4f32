import { useEffect, useRef } from 'react'
import type { SharedView } from '#shared/imaging-viewer.ts'
import type { CallSession } from '../../consult/call/CallSession.ts'
import { journal } from '../../platform/journal.ts'
import { LatestSender } from './LatestSender.ts'

const everyMs = 67
const maxUnderWay = 4
/** A lost message is soon made good, and who follows knows that the presenter is still there. */
const againMs = 5000

/** Shows this view to everyone in the consult for as long as it is not null: each change, to who asks, and now and then. */
export function usePresenter(session: CallSession | null, view: SharedView | null): void {
  const newest = useRef<SharedView | null>(null)
  const sender = useRef<LatestSender<SharedView> | null>(null)
  const presenting = view !== null
  const content = JSON.stringify(view)

  useEffect(() => {
    newest.current = JSON.parse(content) as SharedView | null
    if (newest.current) sender.current?.send(newest.current)
  }, [content])

  useEffect(() => {
    if (!session || !presenting) return
    const made = new LatestSender<SharedView>({
      send: (shown) => session.request('viewer:show', shown),
      everyMs,
      maxUnderWay,
      failed: (error) => {
        journal('A view was not shown; the next one will be:', error)
      },
    })
    sender.current = made
    const again = () => {
      if (newest.current) made.send(newest.current)
    }
    again()
    const timer = setInterval(again, againMs)
    const removers = [
      session.onNews('viewer:asked', ({ from }) => {
        if (from !== session.state.view?.self) again()
      }),
      session.on('change', ({ link }) => {
        if (link === 'online' && !online) again()
        online = link === 'online'
      }),
    ]
    let online = session.state.link === 'online'
    return () => {
      sender.current = null
      made.close()
      clearInterval(timer)
      for (const remove of removers) remove()
      session.request('viewer:close', {}, { timeoutMs: 2000 }).catch((error: unknown) => {
        journal('The end of showing was not told; those who follow notice the silence:', error)
      })
    }
  }, [session, presenting])
}
