/** A link within text, wherever it stands; above and below it a finger has room. */
export const textLink =
  'text-accent-deep -my-3 inline-block py-3 font-medium underline-offset-4 hover:underline'
