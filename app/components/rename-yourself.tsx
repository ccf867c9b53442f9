'use client'

import { accountApi } from '../lib/account-api.ts'
import { TextDialog } from './ui/text-dialog.tsx'

interface RenameYourselfProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly name: string
  /** Called with the name as the server took it. */
  readonly onRenamed: (name: string) => void
}

/** Asks a person for another name of their own. */
export const RenameYourself = ({ open, onOpenChange, name, onRenamed }: RenameYourselfProps) => (
  <TextDialog
    open={open}
    onOpenChange={onOpenChange}
    title="Change your name"
    hint="Others see it beside your cursor from the next time you open a board."
    label="Name"
    value={name}
    maxLength={60}
    save={async (next) => onRenamed((await accountApi.rename(next)).name)}
  />
)
