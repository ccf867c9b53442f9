/** What error pages are given: failures of the server come without their message, but with a digest that the log has too. */
export type Failure = Error & { readonly digest?: string }

/** What somebody who asks for help can quote. Nothing for failures in the browser, of which the server knows nothing. */
export const ErrorReference = ({ error }: { error: Failure }) =>
  error.digest ? (
    <p className="text-faint mt-3 text-sm">
      Reference: <span className="font-mono select-all">{error.digest}</span>
    </p>
  ) : null
