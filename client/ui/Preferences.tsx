import { ActionIcon, Button, useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { IconLanguage, IconMoon, IconSun } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { changeLanguage, type Language } from '../platform/i18n.ts'

/** Each language in its own words, so that those who need it can read it. */
export const languageNames: Readonly<Record<Language, string>> = { en: 'English', 'zh-CN': '简体中文' }

/** One press to the other language. */
export function LanguageSwitch() {
  const { i18n } = useTranslation()
  const other: Language = i18n.resolvedLanguage === 'zh-CN' ? 'en' : 'zh-CN'
  return (
    <Button
      variant="subtle"
      color="gray"
      size="sm"
      px={10}
      lang={other}
      leftSection={<IconLanguage size={18} stroke={1.75} aria-hidden />}
      onClick={() => void changeLanguage(other)}
    >
      {languageNames[other]}
    </Button>
  )
}

/** One press to the other colours; the device's choice holds until then. */
export function ColourSwitch() {
  const { t } = useTranslation()
  const { setColorScheme } = useMantineColorScheme()
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false })
  const label = scheme === 'dark' ? t('menu.switchToLight') : t('menu.switchToDark')
  return (
    <ActionIcon
      size="sm"
      aria-label={label}
      title={label}
      onClick={() => {
        setColorScheme(scheme === 'dark' ? 'light' : 'dark')
      }}
    >
      {scheme === 'dark' ? (
        <IconSun size={18} stroke={1.75} aria-hidden />
      ) : (
        <IconMoon size={18} stroke={1.75} aria-hidden />
      )}
    </ActionIcon>
  )
}
