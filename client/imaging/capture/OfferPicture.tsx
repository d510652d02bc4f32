import { Stack, Text } from '@mantine/core'
import { IconPhotoUp } from '@tabler/icons-react'
import { useState, type Ref } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallSession } from '../../consult/call/CallSession.ts'
import { announce, Dialog, ErrorNotice, Notice, SavingButton } from '../../ui/index.ts'
import choices from './choices.module.css'
import classes from './OfferPicture.module.css'
import { PictureFile } from './PictureFile.tsx'
import { PictureReview } from './PictureReview.tsx'
import { useAddPicture } from './useAddPicture.ts'

interface OfferPictureProps {
  session: CallSession
  doctor: string
  button: Ref<HTMLButtonElement>
}

/** The patient sends a photo that nobody asked for: what the rash looked like last week. */
export function OfferPicture({ session, doctor, button }: OfferPictureProps) {
  const { t } = useTranslation('capture')
  const [opened, setOpened] = useState(false)
  const adding = useAddPicture(session, () => {
    setOpened(false)
    announce(t('offer.sent'))
  })
  const close = () => {
    setOpened(false)
    adding.forget()
  }
  return (
    <div className={classes.row}>
      <button
        ref={button}
        type="button"
        className={classes.offer}
        aria-haspopup="dialog"
        onClick={() => {
          setOpened(true)
        }}
      >
        <IconPhotoUp size={18} stroke={1.75} aria-hidden />
        {t('offer.button')}
      </button>
      <Dialog opened={opened} onClose={close} title={t('offer.title', { name: doctor })}>
        <Stack gap="sm">
          {adding.taken ? <PictureReview taken={adding.taken} /> : null}
          <Text c="dimmed" size="sm">
            {t('offer.text')}
          </Text>
          {adding.unreadable && (
            <Notice tone="caution" title={t('unreadable.what')}>
              {t('unreadable.next')}
            </Notice>
          )}
          <ErrorNotice error={adding.error} />
        </Stack>
        <div className={choices.choices}>
          <PictureFile
            size="lg"
            variant={adding.taken ? 'default' : 'filled'}
            disabled={adding.reading || adding.sending}
            onFile={adding.choose}
          >
            {t('choose')}
          </PictureFile>
          {adding.taken && (
            <SavingButton size="lg" saving={adding.sending} autoFocus onClick={adding.send}>
              {t('offer.send')}
            </SavingButton>
          )}
        </div>
      </Dialog>
    </div>
  )
}
