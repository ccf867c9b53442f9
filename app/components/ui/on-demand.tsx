'use client'

import {
  type ComponentProps,
  type ComponentType,
  cloneElement,
  type ReactElement,
  Suspense,
  useState,
} from 'react'
import { Coming } from './coming.tsx'
import { late } from './late.ts'

export type ButtonElement = ReactElement<ComponentProps<'button'>>

/** What opens beside a button: it renders the button as its trigger, and is open when it first appears. */
export interface Opener {
  readonly button: ButtonElement
}

/**
 * A button whose menu or popover is fetched when it is first wanted (the pointer coming near is enough to begin), so that
 * the page does not wait for what few people open.
 */
export const onDemand = <Props extends object>(
  load: () => Promise<{ default: ComponentType<Props & Opener> }>,
): ComponentType<Props & Opener> => {
  const Loaded = late(load)
  const preload = () => void load().catch(() => {})
  return (props: Props & Opener) => {
    const [wanted, setWanted] = useState(false)
    const standIn = cloneElement(props.button, {
      'aria-haspopup': 'true',
      'aria-expanded': wanted,
      onClick: () => setWanted(true),
      onPointerEnter: preload,
      onFocus: preload,
    })
    if (!wanted) return standIn
    return (
      <Suspense fallback={<Coming leave={() => setWanted(false)}>{standIn}</Coming>}>
        <Loaded {...props} />
      </Suspense>
    )
  }
}
