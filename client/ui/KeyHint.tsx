import { Kbd, Table, VisuallyHidden } from '@mantine/core'
import { useDisclosure, useHotkeys } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import { Dialog } from './Dialog.tsx'
import classes from './KeyHint.module.css'

/** A key as people see it on the keyboard; hidden where there is no keyboard. */
export function KeyHint({ keys }: { keys: string }) {
  return (
    <span className={classes.hint} aria-hidden>
      {keys.split('+').map((key) => (
        <Kbd key={key} size="xs">
          {key}
        </Kbd>
      ))}
    </span>
  )
}

export interface KeyMeaning {
  /** For example `a` or `Ctrl+Enter`. */
  readonly keys: string
  readonly meaning: string
}

/** Opens with `?` and lists what the keys of this screen do. Put it once on a screen that has keys. */
export function KeysHelp({ keys }: { keys: readonly KeyMeaning[] }) {
  const { t } = useTranslation()
  const [opened, { open, close }] = useDisclosure(false)
  useHotkeys([
    ['shift+?', open, { usePhysicalKeys: false }],
    ['?', open],
  ])
  return (
    <Dialog opened={opened} onClose={close} title={t('keys.title')} size="sm">
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>
              <VisuallyHidden>{t('keys.key')}</VisuallyHidden>
            </Table.Th>
            <Table.Th>
              <VisuallyHidden>{t('keys.meaning')}</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {[...keys, { keys: '?', meaning: t('keys.title') }].map((key) => (
            <Table.Tr key={key.keys}>
              <Table.Td w={130}>
                {key.keys.split('+').map((part) => (
                  <Kbd key={part} mr={4}>
                    {part}
                  </Kbd>
                ))}
              </Table.Td>
              <Table.Td>{key.meaning}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Dialog>
  )
}
