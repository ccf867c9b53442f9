'use client'

import {
  AlignStartVertical,
  BringToFront,
  ChevronDown,
  ChevronUp,
  Copy,
  Group,
  Lock,
  LockOpen,
  type LucideIcon,
  Replace,
  SendToBack,
  Trash2,
  Ungroup,
} from 'lucide-react'
import { type Command, commandTable } from '../../../../whiteboard/index.ts'
import { commandKeys } from '../../../lib/keys.ts'
import { onDemand } from '../../ui/on-demand.tsx'
import { IconButton } from '../icon-button.tsx'
import { useEditor, useSelectionFact } from '../session-context.tsx'
import { Section } from './choice.tsx'

interface Action {
  readonly command: Command
  readonly label: string
  readonly Icon: LucideIcon
}

const ORDER: readonly Action[] = [
  { command: 'send-to-back', label: 'To the back', Icon: SendToBack },
  { command: 'send-backward', label: 'Backward', Icon: ChevronDown },
  { command: 'bring-forward', label: 'Forward', Icon: ChevronUp },
  { command: 'bring-to-front', label: 'To the front', Icon: BringToFront },
]

const Button = ({ command, label, Icon }: Action) => {
  const editor = useEditor()
  const possible = useSelectionFact((each) => each.can(command))
  return (
    <IconButton
      Icon={Icon}
      label={label}
      keys={commandKeys(command)}
      disabled={!possible}
      className="size-9! flex-1 pointer-coarse:size-11!"
      onClick={() => editor.run(command)}
    />
  )
}

const AlignPopover = onDemand(() => import('./align-popover.tsx'))

/** Opens what brings several into line; not there for one. */
const Align = () => {
  const possible = useSelectionFact((each) => each.can('align-left'))
  if (!possible) return null
  const button = (
    <IconButton
      Icon={AlignStartVertical}
      label="Align and distribute"
      className="size-9! flex-1 pointer-coarse:size-11!"
    />
  )
  return <AlignPopover button={button} />
}

const ConvertPopover = onDemand(() => import('./convert-popover.tsx'))

/** The commands that turn an element into another, by the tool that would have drawn it. */
export const CONVERSIONS = (Object.keys(commandTable) as Command[]).filter((command) =>
  command.startsWith('convert-'),
)

/** Opens what the selection can be turned into. */
const Convert = () => {
  const possible = useSelectionFact((each) => CONVERSIONS.some((command) => each.can(command)))
  if (!possible) return null
  const button = (
    <IconButton
      Icon={Replace}
      label="Turn into another shape"
      className="size-9! flex-1 pointer-coarse:size-11!"
    />
  )
  return <ConvertPopover button={button} />
}

/** What can be done with what is selected. */
export const SelectionActions = () => {
  const locked = useSelectionFact((editor) => editor.selectedElements().some((element) => element.locked))
  const grouped = useSelectionFact((each) => each.can('ungroup'))
  const grouping: Action = grouped
    ? { command: 'ungroup', label: 'Ungroup', Icon: Ungroup }
    : { command: 'group', label: 'Group', Icon: Group }
  return (
    <>
      <Section label="Actions">
        <div className="flex">
          <Button command="duplicate" label="Duplicate" Icon={Copy} />
          <Button {...grouping} />
          <Align />
          <Button command="lock-toggle" label={locked ? 'Unlock' : 'Lock'} Icon={locked ? LockOpen : Lock} />
          <Button command="delete" label="Delete" Icon={Trash2} />
        </div>
      </Section>
      <Section label="Order">
        <div className="flex">
          {ORDER.map((action) => (
            <Button key={action.command} {...action} />
          ))}
          <Convert />
        </div>
      </Section>
    </>
  )
}
