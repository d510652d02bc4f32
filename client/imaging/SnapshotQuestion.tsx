import { Button, Group, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConsultView } from '#shared/consult.ts'
import { listSnapshots, uploadSnapshot } from '#shared/imaging.ts'
import type { CallSession } from '../consult/call/CallSession.ts'
import { VideoTile } from '../consult/VideoTile.tsx'
import { call } from '../platform/api.ts'
import { keyOf } from '../platform/query.ts'
import { announce, Dialog, Notice, notify } from '../ui/index.ts'
import { NoPicture, takePicture } from './capture.ts'
import classes from './SnapshotQuestion.module.css'

type Request = NonNullable<ConsultView['snapshotRequest']>

interface SnapshotQuestionProps {
  session: CallSession
  request: Request
  doctor: string
  onDone: (requestId: Request['requestId']) => void
}

const cameraWakesMs = 700
/** As long as the server keeps the question; measured here, because clocks of devices differ. */
const openMs = 60_000

/** The patient sees what the camera sees, and allows the picture or not. */
export function SnapshotQuestion({ session, request, doctor, onDone }: SnapshotQuestionProps) {
  const { t } = useTranslation('imaging')
  const queries = useQueryClient()
  const [failed, setFailed] = useState<'camera' | 'upload' | null>(null)
  const track = session.devices.track('camera')
  const { requestId } = request
  const [answered, setAnswered] = useState(false)

  useEffect(() => {
    if (answered) return
    const timer = setTimeout(() => {
      onDone(requestId)
    }, openMs)
    return () => {
      clearTimeout(timer)
    }
  }, [answered, onDone, requestId])
  const allow = useMutation({
    mutationFn: async () => {
      if (!answered) await session.request('snapshot:answer', { requestId, allowed: true })
      setAnswered(true)
      const picture = await capture(session)
      await call(uploadSnapshot, {
        params: { consultId: session.consultId },
        query: { requestId },
        bytes: picture,
      })
    },
    onMutate: () => {
      setFailed(null)
    },
    onSuccess: async () => {
      announce(t('taken'))
      onDone(requestId)
      await queries.invalidateQueries({ queryKey: keyOf(listSnapshots) })
    },
    onError: (error) => {
      setFailed(error instanceof NoPicture ? 'camera' : 'upload')
    },
  })
  const decline = useMutation({
    mutationFn: () => session.request('snapshot:answer', { requestId, allowed: false }),
    onSettled: () => {
      onDone(requestId)
    },
    onError: (error) => {
      notify.problem(error)
    },
  })
  const close = () => {
    if (answered) onDone(requestId)
    else decline.mutate()
  }
  return (
    <Dialog opened onClose={close} title={t('question', { name: doctor })} closeButton={false}>
      {track && (
        <div className={classes.preview}>
          <VideoTile name={t('yourCamera')} label={t('yourCamera')} video={track} muted fit="contain" />
        </div>
      )}
      <Text c="dimmed" size="sm" mt="sm">
        {track ? t('questionText') : t('noCamera')}
      </Text>
      {failed && (
        <Notice tone="caution" title={failed === 'camera' ? t('failed.camera') : t('failed.upload')}>
          {t('failed.next')}
        </Notice>
      )}
      <Group grow mt="lg" gap="sm">
        <Button variant="default" size="lg" onClick={close} disabled={allow.isPending || decline.isPending}>
          {t('notNow')}
        </Button>
        <Button
          size="lg"
          loading={allow.isPending}
          disabled={!track}
          data-autofocus
          onClick={() => {
            allow.mutate()
          }}
        >
          {failed ? t('again') : t('allow')}
        </Button>
      </Group>
    </Dialog>
  )
}

/** With the camera switched off it is on for the moment of the picture. */
async function capture(session: CallSession): Promise<Blob> {
  const track = session.devices.track('camera')
  if (!track) throw new NoPicture()
  const wasOff = session.state.camera === 'off'
  if (!wasOff) return await takePicture(track)
  session.setCamera(true)
  try {
    await new Promise((resolve) => setTimeout(resolve, cameraWakesMs))
    return await takePicture(track)
  } finally {
    session.setCamera(false)
  }
}
