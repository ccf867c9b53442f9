/** The oldest Node that everything in here runs on; `engines` in package.json says the same. */
const needed = [20, 19]

/** Ends the process with one sentence when Node is too old for what follows. */
export const assertNodeVersion = () => {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > needed[0] || (major === needed[0] && minor >= needed[1])) return
  console.error(`Drawbridge needs Node ${needed.join('.')} or newer; this is ${process.versions.node}.`)
  process.exit(1)
}
