import { buildName } from './build-files.ts'

/**
 * Metadata of a board's page from which `public/service-worker.js` learns whose page it is, and which build's files it
 * needs.
 */
export const pageMarks = (personId: string | null): Record<string, string> => {
  const build = buildName()
  return {
    ...(build && { 'drawbridge-build': build }),
    ...(personId && { 'drawbridge-person': personId }),
  }
}
