import { Button, Stack, Text } from '@mantine/core'
import type { RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallSession } from '../consult/call/CallSession.ts'
import { useCall } from '../consult/call/useCall.ts'
import { Dialog, Notice, SavingButton, useFocusBack } from '../ui/index.ts'
import { CameraGuide } from './capture/CameraGuide.tsx'
import classes from './capture/choices.module.css'
import { GuidedCapture } from './capture/GuidedCapture.tsx'
import { PictureFile } from './capture/PictureFile.tsx'
import { PictureReview } from './capture/PictureReview.tsx'
import { isWorthAnotherTry } from './capture/taken.ts'
import { usePictureAnswer, type PictureRequest } from './capture/usePictureAnswer.ts'

interface SnapshotQuestionProps {
  session: CallSession
  request: PictureRequest
  doctor: string
  /** What has the focus afterwards if nothing had it before. */
  beside: RefObject<HTMLElement | null>
  onDone: (requestId: PictureRequest['requestId']) => void
}

/** The patient sees what the camera sees, allows the picture or not, and may set it up, look at it, or choose another. */
export function SnapshotQuestion({ session, request, doctor, beside, onDone }: SnapshotQuestionProps) {
  useFocusBack(beside)
  const { t } = useTranslation('imaging')
  const { t: c } = useTranslation('capture')
  const { camera } = useCall(session)
  const answer = usePictureAnswer(session, request, onDone)
  const { step, failed, busy } = answer
  const track = session.devices.track('camera')
  return (
    <Dialog opened onClose={answer.close} title={t('question', { name: doctor })} closeButton={false}>
      {step.at === 'question' && (
        <Stack gap="sm">
          {request.reason && <Notice tone="info">{c(`asksAgain.${request.reason}`)}</Notice>}
          {track && <CameraGuide label={t('yourCamera')} track={track} off={camera === 'off'} />}
          <Text c="dimmed" size="sm">
            {track ? t('questionText') : t('noCamera')}
          </Text>
        </Stack>
      )}
      {step.at === 'camera' && (
        <GuidedCapture session={session}>
          <Text c="dimmed" size="sm" mt="sm">
            {c('guideText')}
          </Text>
        </GuidedCapture>
      )}
      {step.at === 'review' && <PictureReview taken={step.taken} />}
      {failed && (
        <Notice tone="caution" title={failed === 'unreadable' ? c('unreadable.what') : t(`failed.${failed}`)}>
          {failed === 'unreadable' ? c('unreadable.next') : t('failed.next')}
        </Notice>
      )}
      {step.at === 'question' && (
        <>
          <div className={classes.pair}>
            <Button variant="default" size="lg" onClick={answer.close} disabled={busy}>
              {t('notNow')}
            </Button>
            <SavingButton size="lg" saving={busy} disabled={!track} data-autofocus onClick={answer.allow}>
              {failed ? t('again') : t('allow')}
            </SavingButton>
          </div>
          <div className={classes.choices}>
            {track && request.reason === null && (
              <Button variant="subtle" onClick={answer.setUp} disabled={busy}>
                {c('setUp')}
              </Button>
            )}
            <PictureFile variant="subtle" onOpen={answer.choosing} onFile={answer.choose} disabled={busy}>
              {c('choose')}
            </PictureFile>
          </div>
        </>
      )}
      {step.at === 'camera' && (
        <>
          <SavingButton size="lg" fullWidth mt="lg" saving={busy} autoFocus onClick={answer.take}>
            {failed ? t('again') : c('takePicture')}
          </SavingButton>
          <div className={classes.choices}>
            <Button variant="subtle" onClick={answer.close} disabled={busy}>
              {t('notNow')}
            </Button>
            <PictureFile variant="subtle" onFile={answer.choose} disabled={busy}>
              {c('choose')}
            </PictureFile>
          </div>
        </>
      )}
      {step.at === 'review' && (
        <ReviewButtons poor={isWorthAnotherTry(step.taken)} canTake={track !== null} answer={answer} />
      )}
    </Dialog>
  )
}

interface ReviewButtonsProps {
  poor: boolean
  canTake: boolean
  answer: ReturnType<typeof usePictureAnswer>
}

/** What is the better choice is the larger word: another try for a poor picture. */
function ReviewButtons({ poor, canTake, answer }: ReviewButtonsProps) {
  const { t } = useTranslation('imaging')
  const { t: c } = useTranslation('capture')
  const { busy, setUp, use, choose, close } = answer
  return (
    <>
      <div className={classes.choices}>
        {canTake && (
          <Button
            size="lg"
            variant={poor ? 'filled' : 'default'}
            autoFocus={poor}
            disabled={busy}
            onClick={setUp}
          >
            {c('review.again')}
          </Button>
        )}
        <SavingButton
          size="lg"
          variant={poor && canTake ? 'default' : 'filled'}
          autoFocus={!poor}
          saving={busy}
          onClick={use}
        >
          {c('review.use')}
        </SavingButton>
      </div>
      <div className={classes.choices}>
        <Button variant="subtle" onClick={close} disabled={busy}>
          {t('notNow')}
        </Button>
        <PictureFile variant="subtle" onFile={choose} disabled={busy}>
          {c('choose')}
        </PictureFile>
      </div>
    </>
  )
}
