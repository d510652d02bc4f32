import { Button, Group } from '@mantine/core'
import { IconBulb, IconBulbOff, IconCameraRotate } from '@tabler/icons-react'
import { useEffect, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallSession } from '../../consult/call/CallSession.ts'
import { useCall } from '../../consult/call/useCall.ts'
import { journal } from '../../platform/journal.ts'
import { announce, SavingButton } from '../../ui/index.ts'
import { CameraGuide } from './CameraGuide.tsx'
import { usePrivateCamera } from './private-camera.ts'
import { hasTorch, setTorch } from './torch.ts'

interface GuidedCaptureProps {
  session: CallSession
  children: ReactNode
}

/** The camera as it is set up for a picture: another one, its light. One that was off films for the patient alone. */
export function GuidedCapture({ session, children }: GuidedCaptureProps) {
  const { t } = useTranslation('capture')
  const { devices, camera } = useCall(session)
  const [changing, setChanging] = useState(false)
  const track = session.devices.track('camera')
  const own = usePrivateCamera(track, camera === 'off')
  const next = async () => {
    const { cameras, cameraId } = devices
    const at = cameras.findIndex(({ deviceId }) => deviceId === cameraId)
    const choice = cameras[(at + 1) % cameras.length]
    if (!choice) return
    setChanging(true)
    try {
      // Many phones cannot hold two cameras open.
      if (own !== track) own?.stop()
      // The call goes on with the other camera: its track takes the place of this one.
      await session.devices.choose('camera', choice.deviceId)
      announce(choice.label)
    } catch (error) {
      journal('The other camera did not open', error)
    } finally {
      setChanging(false)
    }
  }
  return (
    <>
      {own && <CameraGuide key={own.id} label={t('preview')} track={own} off={false} />}
      <Group grow mt="sm" gap="sm">
        {devices.cameras.length > 1 && (
          <SavingButton
            variant="default"
            leftSection={<IconCameraRotate size={20} stroke={1.75} aria-hidden />}
            saving={changing}
            onClick={() => void next()}
          >
            {t('otherCamera')}
          </SavingButton>
        )}
        {track && <TorchButton key={track.id} track={track} />}
      </Group>
      {children}
    </>
  )
}

/** Where the camera has a light. */
function TorchButton({ track }: { track: MediaStreamTrack }) {
  const { t } = useTranslation('capture')
  const [on, setOn] = useState(false)
  const [failed, setFailed] = useState(false)
  useEffect(
    () => () => {
      if (track.readyState === 'live' && hasTorch(track)) {
        setTorch(track, false).catch((error: unknown) => {
          journal('The light of the camera stays as it is', error)
        })
      }
    },
    [track],
  )
  if (!hasTorch(track)) return null
  const toggle = async () => {
    try {
      await setTorch(track, !on)
      setOn(!on)
      setFailed(false)
    } catch (error) {
      journal('The light of the camera did not switch', error)
      setFailed(true)
    }
  }
  const LightIcon = on ? IconBulbOff : IconBulb
  return (
    <Button
      variant="default"
      leftSection={<LightIcon size={20} stroke={1.75} aria-hidden />}
      onClick={() => void toggle()}
    >
      {failed ? t('light.failed') : on ? t('light.off') : t('light.on')}
    </Button>
  )
}
