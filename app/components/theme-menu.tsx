'use client'

import { Menu } from '@base-ui/react/menu'
import { Check, Monitor, Moon, Sun } from 'lucide-react'
import { chooseTheme, type ThemeChoice, useTheme, useThemeChoice } from '../lib/theme.ts'
import { menuItem, menuPopup } from './ui/menu.ts'

const CHOICES = [
  { value: 'light', label: 'Light', Icon: Sun },
  { value: 'dark', label: 'Dark', Icon: Moon },
  { value: 'system', label: 'Like the device', Icon: Monitor },
] as const

/** The three themes as items of a menu. */
export const ThemeItems = () => {
  const choice = useThemeChoice()
  return (
    <Menu.RadioGroup value={choice} onValueChange={(value: ThemeChoice) => chooseTheme(value)}>
      {CHOICES.map(({ value, label, Icon }) => (
        <Menu.RadioItem key={value} value={value} className={menuItem}>
          <Icon aria-hidden className="text-soft size-4.5" />
          {label}
          <Menu.RadioItemIndicator className="ml-auto">
            <Check aria-hidden className="text-accent size-4" />
          </Menu.RadioItemIndicator>
        </Menu.RadioItem>
      ))}
    </Menu.RadioGroup>
  )
}

export const ThemeMenu = () => {
  const theme = useTheme()
  const Icon = theme === 'dark' ? Moon : Sun
  return (
    <Menu.Root>
      <Menu.Trigger aria-label="Theme" className="button text-soft hover:bg-hover hover:text-ink size-11">
        <Icon aria-hidden className="size-5" />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={6} align="end" className="z-40 outline-none">
          <Menu.Popup className={menuPopup}>
            <ThemeItems />
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}
