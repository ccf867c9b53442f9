/** Milliseconds that this process has been at work: unlike the clock, they do not depend on what else the machine does. */
export const cpuTime = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
