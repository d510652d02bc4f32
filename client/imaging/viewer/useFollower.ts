import { useEffect, useReducer } from 'react'
import type { CallSession } from '../../consult/call/CallSession.ts'
import { journal } from '../../platform/journal.ts'
import { follow, notFollowing, type Following, type FollowingStep } from './following.ts'

/** The presenter shows again every 5 s. */
const silentMs = 16_000

export interface Follower extends Following {
  readonly roam: () => void
  readonly follow: () => void
  readonly leave: () => void
}

/** What the doctor shows, for the patient; with null nobody shows anything. */
export function useFollower(session: CallSession | null): Follower {
  const [now, dispatch] = useReducer(follow, notFollowing)

  useEffect(() => {
    if (!session) return
    let silence: ReturnType<typeof setTimeout> | undefined
    const step = (one: FollowingStep) => {
      clearTimeout(silence)
      if (one.do === 'shown') {
        silence = setTimeout(() => {
          dispatch({ do: 'silence' })
        }, silentMs)
      }
      dispatch(one)
    }
    const ask = () => {
      session.request('viewer:ask', {}).catch((error: unknown) => {
        journal('Nobody could be asked what is shown; the presenter shows again by itself:', error)
      })
    }
    let online = session.state.link === 'online'
    const removers = [
      session.onNews('viewer:shown', (news) => {
        if (news.from !== session.state.view?.self) step({ do: 'shown', news })
      }),
      session.onNews('viewer:closed', ({ from, sequence }) => {
        if (from !== session.state.view?.self) step({ do: 'closed', sequence })
      }),
      session.on('change', ({ link }) => {
        if (link === 'online' && !online) ask()
        online = link === 'online'
      }),
    ]
    ask()
    return () => {
      clearTimeout(silence)
      for (const remove of removers) remove()
    }
  }, [session])

  return {
    ...now,
    roam: () => {
      dispatch({ do: 'roam' })
    },
    follow: () => {
      dispatch({ do: 'follow' })
    },
    leave: () => {
      dispatch({ do: 'leave' })
    },
  }
}
