import {
  Menu,
  UnstyledButton,
  useMantineColorScheme,
  VisuallyHidden,
  type MantineColorScheme,
} from '@mantine/core'
import { IconCheck, IconDeviceDesktop, IconLogout, IconMoon, IconSun, type Icon } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { changeLanguage, languages } from '../platform/i18n.ts'
import { PersonAvatar } from './PersonAvatar.tsx'
import classes from './PersonMenu.module.css'
import { languageNames } from './Preferences.tsx'

interface PersonMenuProps {
  person: { name: string; role: string }
  onSignOut: () => void
}

/** Who is signed in, the language, the colours, and the way out. */
export function PersonMenu({ person, onSignOut }: PersonMenuProps) {
  const { t, i18n } = useTranslation()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const colours: readonly { value: MantineColorScheme; label: string; icon: Icon }[] = [
    { value: 'light', label: t('menu.light'), icon: IconSun },
    { value: 'dark', label: t('menu.dark'), icon: IconMoon },
    { value: 'auto', label: t('menu.system'), icon: IconDeviceDesktop },
  ]
  return (
    <Menu
      position="bottom-end"
      width={248}
      // A bare place to put the focus on is nothing that a menu may hold.
      withInitialFocusPlaceholder={false}
      checkIcon={<IconCheck size={18} stroke={1.75} aria-hidden />}
    >
      <Menu.Target>
        <UnstyledButton className={classes.person}>
          <PersonAvatar name={person.name} size={36} />
          <span className={classes.words}>
            <span className={classes.name}>{person.name}</span>
            <span className={classes.role}>{person.role}</span>
          </span>
          <VisuallyHidden>{t('menu.person')}</VisuallyHidden>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={classes.card}>
          <div className={classes.name}>{person.name}</div>
          <div className={classes.role}>{person.role}</div>
          <Menu.Divider />
        </div>
        <Menu.Label>{t('menu.language')}</Menu.Label>
        <Menu.RadioGroup value={i18n.resolvedLanguage ?? null}>
          {languages.map((language) => (
            <Menu.RadioItem
              key={language}
              value={language}
              lang={language}
              closeMenuOnClick
              onChange={() => void changeLanguage(language)}
            >
              {languageNames[language]}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Label>{t('menu.colours')}</Menu.Label>
        <Menu.RadioGroup value={colorScheme}>
          {colours.map(({ value, label, icon: ColourIcon }) => (
            <Menu.RadioItem
              key={value}
              value={value}
              closeMenuOnClick
              rightSection={<ColourIcon size={18} stroke={1.75} aria-hidden />}
              onChange={() => {
                setColorScheme(value)
              }}
            >
              {label}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={18} stroke={1.75} aria-hidden />} onClick={onSignOut}>
          {t('menu.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
