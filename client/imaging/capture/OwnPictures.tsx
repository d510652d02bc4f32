import { Button, Group, Stack, Text } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallSession } from '../../consult/call/CallSession.ts'
import { announce, Dialog, ErrorNotice, Notice, SavingButton } from '../../ui/index.ts'
import { pictureAmong } from './import-picture.ts'
import classes from './OwnPictures.module.css'
import { PictureFile } from './PictureFile.tsx'
import { PictureReview } from './PictureReview.tsx'
import { useAddPicture } from './useAddPicture.ts'

/** The doctor's own pictures: a file, what was copied, or what is dropped here. The patient sees them, so it asks first. */
export function OwnPictures({ session, patient }: { session: CallSession; patient: string }) {
  const { t } = useTranslation('capture')
  const adding = useAddPicture(session, () => {
    announce(t('own.added'))
  })
  const { choose } = adding
  const box = useRef<HTMLDivElement>(null)
  const over = usePasteAndDrop(box, choose)
  return (
    <div ref={box} className={classes.box} data-over={over || undefined}>
      <PictureFile variant="default" size="sm" disabled={adding.reading} onFile={choose}>
        {t('own.button')}
      </PictureFile>
      <span className={classes.hint}>{t('own.hint')}</span>
      {adding.unreadable && (
        <Notice tone="caution" title={t('unreadable.what')}>
          {t('unreadable.next')}
        </Notice>
      )}
      <Dialog opened={adding.taken !== null} onClose={adding.forget} title={t('own.title')}>
        <Stack gap="sm">
          {adding.taken && <PictureReview taken={adding.taken} />}
          <Text c="dimmed" size="sm">
            {t('own.text', { name: patient })}
          </Text>
          <ErrorNotice error={adding.error} />
        </Stack>
        <Group justify="flex-end" mt="lg" gap="sm">
          <Button variant="default" onClick={adding.forget}>
            {t('own.cancel')}
          </Button>
          <SavingButton saving={adding.sending} autoFocus onClick={adding.send}>
            {t('own.add')}
          </SavingButton>
        </Group>
      </Dialog>
    </div>
  )
}

/** True while a file is held over the box. A file that misses it must not replace the page of the call. */
function usePasteAndDrop(box: { current: HTMLElement | null }, choose: (file: File) => void): boolean {
  const [over, setOver] = useState(false)
  const latest = useRef(choose)
  useEffect(() => {
    latest.current = choose
  }, [choose])
  useEffect(() => {
    const inside = (event: Event) =>
      event.target instanceof Node && box.current?.contains(event.target) === true
    const paste = (event: ClipboardEvent) => {
      const picture = pictureAmong(event.clipboardData?.files)
      if (!picture) return
      event.preventDefault()
      latest.current(picture)
    }
    const drag = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return
      event.preventDefault()
      event.dataTransfer.dropEffect = inside(event) ? 'copy' : 'none'
      setOver(inside(event))
    }
    const drop = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return
      event.preventDefault()
      setOver(false)
      const picture = pictureAmong(event.dataTransfer.files)
      if (picture && inside(event)) latest.current(picture)
    }
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false)
    }
    document.addEventListener('paste', paste)
    document.addEventListener('dragover', drag)
    document.addEventListener('drop', drop)
    document.addEventListener('dragleave', leave)
    return () => {
      document.removeEventListener('paste', paste)
      document.removeEventListener('dragover', drag)
      document.removeEventListener('drop', drop)
      document.removeEventListener('dragleave', leave)
    }
  }, [box])
  return over
}
