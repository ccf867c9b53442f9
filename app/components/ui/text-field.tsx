import { type ComponentProps, useEffect, useId, useRef } from 'react'

interface TextFieldProps extends ComponentProps<'input'> {
  readonly label: string
  readonly problem?: string | null
  readonly hint?: string
}

/** React takes no notice of what is in a field when it takes the page over: this is as if it was typed now. */
const typeAgain = (field: HTMLInputElement): void => {
  const { value } = field
  const write = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set
  // React knows of this one, and not of the next.
  field.value = ''
  write?.call(field, value)
  field.dispatchEvent(new Event('input', { bubbles: true }))
}

/** What people and their password managers write before the page's code is here counts too. */
const useEarlyLetters = (value: unknown) => {
  const field = useRef<HTMLInputElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what comes later is typed in the ordinary way
  useEffect(() => {
    if (field.current && field.current.value !== value) typeAgain(field.current)
  }, [])
  return field
}

/** A labelled line of input; what is wrong with it stands below it. */
export const TextField = ({ label, problem, hint, ...rest }: TextFieldProps) => {
  const id = useId()
  const below = problem ?? hint
  const field = useEarlyLetters(rest.value)
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block text-sm font-medium">
        {label}
      </label>
      <input
        {...rest}
        ref={field}
        id={id}
        className="field"
        aria-invalid={problem ? true : undefined}
        aria-describedby={below ? `${id}-below` : undefined}
      />
      {below && (
        <p id={`${id}-below`} className={`mt-1.5 text-sm ${problem ? 'text-danger' : 'text-faint'}`}>
          {below}
        </p>
      )}
    </div>
  )
}

/** What went wrong with a whole form. Stays in the page while empty, so that readers announce what appears. */
export const FormProblem = ({ children }: { children: string | null }) => (
  <p role="alert" className="bg-danger-soft text-danger rounded-lg px-3 py-2.5 text-sm empty:hidden">
    {children}
  </p>
)
