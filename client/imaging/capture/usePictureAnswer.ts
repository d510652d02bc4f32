import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConsultView } from '#shared/consult.ts'
import { listSnapshots, uploadSnapshot } from '#shared/imaging.ts'
import type { CallSession } from '../../consult/call/CallSession.ts'
import { ApiError, call } from '../../platform/api.ts'
import { keyOf } from '../../platform/query.ts'
import { announce, notify } from '../../ui/index.ts'
import { importPicture, UnreadablePicture } from './import-picture.ts'
import { privateCamera } from './private-camera.ts'
import { NoPicture, takePicture } from './take-picture.ts'
import { isWorthAnotherTry, type Taken } from './taken.ts'

export type PictureRequest = NonNullable<ConsultView['snapshotRequest']>

/** Where the patient is: asked, setting the camera up, or looking at a picture that is not sent yet. */
export type AnswerStep =
  { at: 'question' } | { at: 'camera' } | { at: 'review'; taken: Taken; origin: 'camera' | 'gallery' }

const cameraWakesMs = 700
/** As long as the server keeps the question; measured here, because clocks of devices differ. */
const openMs = 60_000

/**
 * The patient's answer to one request: a yes sends a good picture at once; one that could be better is shown first, with the
 * reason, as is every picture that was set up or chosen.
 */
export function usePictureAnswer(
  session: CallSession,
  { requestId, reason }: PictureRequest,
  onDone: (requestId: PictureRequest['requestId']) => void,
) {
  const { t } = useTranslation('imaging')
  const queries = useQueryClient()
  const [step, setStep] = useState<AnswerStep>({ at: 'question' })
  const [answered, setAnswered] = useState(false)
  const [failed, setFailed] = useState<'camera' | 'upload' | 'unreadable' | null>(null)

  useEffect(() => {
    if (answered) return
    const timer = setTimeout(() => {
      onDone(requestId)
    }, openMs)
    return () => {
      clearTimeout(timer)
    }
  }, [answered, onDone, requestId])

  useCameraForTalkingAfterwards(session)

  const answerYes = async () => {
    if (!answered) await session.request('snapshot:answer', { requestId, allowed: true })
    setAnswered(true)
  }
  const send = async ({ picture }: Taken, origin: 'camera' | 'gallery') => {
    const { consultId } = session
    await call(uploadSnapshot, { params: { consultId }, query: { requestId, origin }, bytes: picture })
    announce(t('taken'))
    onDone(requestId)
    await queries.invalidateQueries({ queryKey: keyOf(listSnapshots) })
  }

  const work = useMutation({
    mutationFn: (task: () => Promise<void>) => task(),
    onMutate: () => {
      setFailed(null)
    },
    onError: (error) => {
      if (error instanceof NoPicture) setFailed('camera')
      else setFailed(error instanceof UnreadablePicture ? 'unreadable' : 'upload')
    },
  })
  const decline = useMutation({
    mutationFn: () => session.request('snapshot:answer', { requestId, allowed: false }),
    onSettled: () => {
      onDone(requestId)
    },
    onError: (error) => {
      const ranOut = error instanceof ApiError && error.code === 'conflict'
      // A yes whose time has run out need not be taken back.
      if (!(answered && ranOut)) notify.problem(error)
    },
  })

  return {
    step,
    failed,
    busy: work.isPending || decline.isPending,
    /** Yes: at once, or, when the picture before was not good, with the camera set up first. */
    allow: () => {
      work.mutate(async () => {
        await answerYes()
        if (reason !== null) {
          setStep({ at: 'camera' })
          return
        }
        const taken = await capture(session)
        if (isWorthAnotherTry(taken)) setStep({ at: 'review', taken, origin: 'camera' })
        else await send(taken, 'camera')
      })
    },
    setUp: () => {
      work.mutate(async () => {
        await answerYes()
        setStep({ at: 'camera' })
      })
    },
    take: () => {
      work.mutate(async () => {
        setStep({ at: 'review', taken: await capture(session), origin: 'camera' })
      })
    },
    /** The gallery opens, and may stay open for longer than the question: that is a yes. */
    choosing: () => {
      if (!answered) work.mutate(answerYes)
    },
    choose: (file: File) => {
      work.mutate(async () => {
        await answerYes()
        setStep({ at: 'review', taken: await importPicture(file), origin: 'gallery' })
      })
    },
    use: () => {
      if (step.at === 'review') work.mutate(() => send(step.taken, step.origin))
    },
    /** No; or the yes taken back, so that nobody waits for the picture. */
    close: () => {
      decline.mutate()
    },
  }
}

/** Whichever camera the picture was taken with, the conversation goes on with the one before. */
function useCameraForTalkingAfterwards(session: CallSession): void {
  const before = useRef(session.state.devices.cameraId)
  useEffect(
    () => () => {
      const { cameraId } = session.state.devices
      if (before.current !== null && cameraId !== null && cameraId !== before.current) {
        void session.devices.choose('camera', before.current)
      }
    },
    [session],
  )
}

/** With the camera switched off it films for the moment of the picture; nothing of that goes into the call. */
async function capture(session: CallSession): Promise<Taken> {
  const track = session.devices.track('camera')
  if (!track) throw new NoPicture()
  if (session.state.camera !== 'off') return await takePicture(track)
  const own = privateCamera(track)
  try {
    await new Promise((resolve) => setTimeout(resolve, cameraWakesMs))
    return await takePicture(own)
  } finally {
    own.stop()
  }
}
