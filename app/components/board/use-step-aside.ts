import { useEditorState } from './session-context.tsx'

/** Panels let the drawing hand pass under them while it is at work. */
export const useStepAside = (): string => {
  const busy = useEditorState((state) => state.busy)
  return `transition-opacity duration-200 ${busy ? 'chrome-aside opacity-25' : ''}`
}
