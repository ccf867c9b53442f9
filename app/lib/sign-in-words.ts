const WORDS: Readonly<Record<string, string>> = {
  CredentialsSignin: 'That e-mail address and password do not belong together. Check both and try again.',
  TooManyAttempts: 'That was tried too often. Wait a few minutes and try again.',
  InvalidInput: 'That name cannot be used: take 1 to 60 characters.',
  Unavailable: 'Signing in is not possible just now. Try again in a moment.',
  NoEmail: 'That service did not tell us an e-mail address that is known to be yours, and we need one.',
  OAuthAccountNotLinked:
    'There is an account with this e-mail address already: sign in the way you did before.',
  AccessDenied: 'The other service did not let you in.',
  EmailSignin: 'We could not send the e-mail. Check the address and try again.',
  Verification: 'That sign-in link was used already, or is too old. Ask for a new one.',
  SessionRequired: 'Sign in to see this page.',
}

/** What an error code of next-auth (or of ours, passed on by it) means to a person. */
export const signInWords = (code: string): string =>
  WORDS[code] ?? 'Signing in did not work. Try again in a moment.'
