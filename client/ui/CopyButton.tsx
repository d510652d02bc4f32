import type { ButtonProps } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { journal } from '../platform/journal.ts'
import { announce } from './live-region.tsx'
import { notify } from './notify.ts'
import { SavingButton } from './SavingButton.tsx'

interface CopyButtonProps extends Omit<ButtonProps, 'children' | 'leftSection'> {
  /** The text to copy, or a way to get it when the button is pressed. */
  value: string | (() => Promise<string>)
  label: string
}

const copiedMs = 2500

/** Copies a text and says so in the button and to screen readers. */
export function CopyButton({ value, label, ...others }: CopyButtonProps) {
  const { t } = useTranslation()
  const [copied, setCopied] = useState(false)
  const [pending, setPending] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => {
      setCopied(false)
    }, copiedMs)
    return () => {
      clearTimeout(timer)
    }
  }, [copied])

  async function copy() {
    setPending(true)
    let text: string
    try {
      text = typeof value === 'string' ? value : await value()
    } catch (error) {
      setPending(false)
      notify.problem(error)
      return
    }
    setPending(false)
    try {
      await navigator.clipboard.writeText(text)
    } catch (error) {
      journal('The clipboard refused', error)
      notify.say('caution', t('copyFailed'), text)
      return
    }
    setCopied(true)
    announce(t('copied'))
  }

  return (
    <SavingButton
      variant="default"
      {...others}
      saving={pending}
      leftSection={
        copied ? (
          <IconCheck size={18} stroke={1.75} aria-hidden />
        ) : (
          <IconCopy size={18} stroke={1.75} aria-hidden />
        )
      }
      onClick={() => void copy()}
    >
      {copied ? t('copied') : label}
    </SavingButton>
  )
}
