import { Button, type ButtonProps } from '@mantine/core'
import { IconPhoto } from '@tabler/icons-react'
import { useRef, type ReactNode } from 'react'

interface PictureFileProps extends Pick<ButtonProps, 'variant' | 'size' | 'disabled' | 'fullWidth'> {
  children: ReactNode
  /** The button was pressed; a file may follow. */
  onOpen?: () => void
  onFile: (file: File) => void
}

/** A button that lets the browser ask for a picture: the gallery on a phone, a folder elsewhere. */
export function PictureFile({ children, onOpen, onFile, ...look }: PictureFileProps) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={input}
        type="file"
        accept="image/*"
        hidden
        tabIndex={-1}
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? []
          // The same file may be chosen again.
          event.currentTarget.value = ''
          if (file) onFile(file)
        }}
      />
      <Button
        leftSection={<IconPhoto size={20} stroke={1.75} aria-hidden />}
        px="xs"
        {...look}
        onClick={() => {
          input.current?.click()
          onOpen?.()
        }}
      >
        {children}
      </Button>
    </>
  )
}
