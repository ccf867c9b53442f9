import { type ComponentProps, useId } from 'react'

interface TextFieldProps extends ComponentProps<'input'> {
  readonly label: string
  readonly problem?: string | null
  readonly hint?: string
}

/** A labelled line of input; what is wrong with it stands below it. */
export const TextField = ({ label, problem, hint, ...rest }: TextFieldProps) => {
  const id = useId()
  const below = problem ?? hint
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block text-sm font-medium">
        {label}
      </label>
      <input
        {...rest}
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
