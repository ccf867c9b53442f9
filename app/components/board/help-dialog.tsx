'use client'

import { type Shortcut, shortcuts } from '../../../whiteboard/index.ts'
import { useMedia } from '../../lib/use-media.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Keys } from '../ui/keys.tsx'
import type { PanelProps } from './panels.tsx'

type Group = Shortcut['group']
interface Row {
  readonly label: string
  readonly keys: readonly string[]
}

/** One row for each label: the four arrow keys that do the same thing stand together. */
const rowsOf = (group: Group): Row[] => {
  const rows = new Map<string, string[]>()
  for (const { label, keys } of shortcuts.filter((shortcut) => shortcut.group === group)) {
    rows.set(label, [...(rows.get(label) ?? []), ...keys])
  }
  return [...rows].map(([label, keys]) => ({ label, keys }))
}

const groups: readonly Group[] = [...new Set(shortcuts.map(({ group }) => group))]

/** Fingers come first where there may be no keyboard. */
const touchGroups: readonly Group[] = ['Gestures', ...groups.filter((group) => group !== 'Gestures')]

const HelpDialog = ({ open, close }: PanelProps) => {
  const touch = useMedia('(pointer: coarse)')
  return (
    <Dialog open={open} onOpenChange={close} title="Help and shortcuts" wide>
      <div className="gap-x-10 sm:columns-2">
        {(touch ? touchGroups : groups).map((group) => (
          <section key={group} className="mb-6 break-inside-avoid">
            <h3 className="text-faint mb-1 text-xs font-medium">{group}</h3>
            <dl>
              {rowsOf(group).map(({ label, keys }) => (
                <div
                  key={label}
                  className="border-line flex items-start gap-4 border-b py-1.5 text-sm last:border-0"
                >
                  <dt className="min-w-2/5 py-0.5">{label}</dt>
                  <dd className="ml-auto flex flex-wrap justify-end gap-x-3 gap-y-1">
                    {keys.map((each) => (
                      <Keys key={each} keys={each} />
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}

export default HelpDialog
