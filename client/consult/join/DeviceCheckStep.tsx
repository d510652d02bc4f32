import { Button, Select } from '@mantine/core'
import { IconMicrophone, IconVideo, IconVolume, IconWifi, type Icon } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useCallback, useEffect, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { DeviceCheck } from '#shared/consult.ts'
import { ErrorNotice, Notice, SavingButton, StatusWord, Step } from '../../ui/index.ts'
import type { CallSession } from '../call/CallSession.ts'
import type { InputKind } from '../call/Devices.ts'
import { useCall } from '../call/useCall.ts'
import { chime } from '../chime.ts'
import { VideoTile } from '../VideoTile.tsx'
import { connectionWord, inputWord } from './check-words.ts'
import { deviceCheckOf } from './device-check.ts'
import classes from './join.module.css'
import { LevelBar } from './LevelBar.tsx'

interface DeviceCheckStepProps {
  session: CallSession
  /** Own name, for the own picture. */
  name: string
  onDone: (check: { heard: boolean; speaker: DeviceCheck['speaker'] }) => void
}

/** Camera, microphone, loudspeaker and line, each with a word; then into the waiting room. */
export function DeviceCheckStep({ session, name, onDone }: DeviceCheckStepProps) {
  const { t } = useTranslation('consult')
  const call = useCall(session)
  const { devices } = call
  const [heard, setHeard] = useState(false)
  const [speaker, setSpeaker] = useState<DeviceCheck['speaker']>('not_tested')

  useEffect(() => {
    void session.devices.open().then(() => {
      session.probe()
    })
  }, [session])

  const onHeard = useCallback(() => {
    setHeard(true)
  }, [])
  const enter = useMutation({
    mutationFn: () => session.wait(deviceCheckOf(session.state, heard, speaker)),
    onSuccess: () => {
      onDone({ heard, speaker })
    },
  })
  const denied = devices.camera === 'denied' || devices.microphone === 'denied'
  const unusable =
    devices.microphone !== 'ready' && devices.microphone !== 'asking' && devices.microphone !== 'off'
  return (
    <Step
      step={3}
      of={4}
      title={t('check.title')}
      hint={t('check.hint')}
      actions={
        <>
          <ErrorNotice error={enter.error} />
          <SavingButton
            size="lg"
            saving={enter.isPending}
            onClick={() => {
              enter.mutate()
            }}
          >
            {t('check.join')}
          </SavingButton>
        </>
      }
    >
      <div className={classes.preview}>
        <VideoTile name={name} video={session.devices.track('camera')} muted mirrored />
      </div>
      {(denied || unusable) && (
        <Notice tone="caution" title={denied ? t('check.denied.title') : t('check.noMicrophone.title')}>
          {denied ? t('check.denied.next') : t('check.noMicrophone.next')}
          <Button
            variant="default"
            size="sm"
            mt={10}
            display="block"
            onClick={() => {
              void session.devices.open()
            }}
          >
            {t('check.again')}
          </Button>
        </Notice>
      )}
      <ul className={classes.checks}>
        <Check
          icon={IconVideo}
          name={t('check.camera')}
          word={<StatusWord {...inputWord(devices.camera, true, t)} />}
        >
          <DeviceSelect session={session} kind="camera" label={t('check.chooseCamera')} />
        </Check>
        <Check
          icon={IconMicrophone}
          name={t('check.microphone')}
          word={<StatusWord {...inputWord(devices.microphone, heard, t)} />}
        >
          <LevelBar meter={session.devices.level} onHeard={onHeard} />
          <DeviceSelect session={session} kind="microphone" label={t('check.chooseMicrophone')} />
        </Check>
        <Speaker answer={speaker} onAnswer={setSpeaker} />
        <Check
          icon={IconWifi}
          name={t('check.connection')}
          word={<StatusWord {...connectionWord(call.probe, t)} />}
        />
      </ul>
    </Step>
  )
}

interface CheckProps {
  icon: Icon
  name: string
  word?: ReactNode
  children?: ReactNode
}

function Check({ icon: CheckIcon, name, word, children }: CheckProps) {
  return (
    <li className={classes.check}>
      <CheckIcon size={22} stroke={1.75} aria-hidden className={classes.checkIcon} />
      <span className={classes.checkName}>{name}</span>
      <span role="status">{word}</span>
      {children && <div className={classes.checkMore}>{children}</div>}
    </li>
  )
}

function Speaker({
  answer,
  onAnswer,
}: {
  answer: DeviceCheck['speaker']
  onAnswer: (a: DeviceCheck['speaker']) => void
}) {
  const { t } = useTranslation('consult')
  const [state, setState] = useState<'idle' | 'playing' | 'played'>('idle')
  const play = async () => {
    setState('playing')
    await chime('test')
    setState('played')
  }
  return (
    <Check
      icon={IconVolume}
      name={t('check.speaker')}
      word={
        answer === 'confirmed' ? (
          <StatusWord tone="good">{t('check.speakerHeard')}</StatusWord>
        ) : (
          <SavingButton variant="default" size="sm" saving={state === 'playing'} onClick={() => void play()}>
            {t('check.playSound')}
          </SavingButton>
        )
      }
    >
      {state === 'played' && answer !== 'confirmed' && (
        <div className={classes.answers}>
          <span>{answer === 'not_heard' ? t('check.turnUp') : t('check.didYouHear')}</span>
          <Button
            variant="light"
            size="sm"
            onClick={() => {
              onAnswer('confirmed')
            }}
          >
            {t('check.heardYes')}
          </Button>
          {answer !== 'not_heard' && (
            <Button
              variant="default"
              size="sm"
              onClick={() => {
                onAnswer('not_heard')
              }}
            >
              {t('check.heardNo')}
            </Button>
          )}
        </div>
      )}
    </Check>
  )
}

/** Only where there is a choice. */
function DeviceSelect({ session, kind, label }: { session: CallSession; kind: InputKind; label: string }) {
  const { devices } = useCall(session)
  const choices = kind === 'camera' ? devices.cameras : devices.microphones
  const chosen = kind === 'camera' ? devices.cameraId : devices.microphoneId
  if (choices.length < 2) return null
  return (
    <Select
      aria-label={label}
      size="sm"
      mt={8}
      data={choices.map((choice) => ({ value: choice.deviceId, label: choice.label || label }))}
      value={chosen}
      placeholder={session.devices.track(kind)?.label ?? label}
      onChange={(deviceId) => {
        if (deviceId !== null) void session.devices.choose(kind, deviceId)
      }}
    />
  )
}
