/** Has the browser keep a file under a name. */
export const download = (file: Blob, name: string): void => {
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

/** A name for a file of the board in this window, as any system takes it. */
export const fileName = (ending: string): string => {
  const title = document.title.replace(/ · Drawbridge$/, '')
  const plain = title.replace(/[\\/:*?"<>|\p{Control}]+/gu, ' ').trim()
  return `${plain.slice(0, 80) || 'Drawing'}.${ending}`
}
