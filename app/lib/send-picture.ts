import type { UploadAnswer } from '../../whiteboard/index.ts'

/** Milliseconds that an upload may take without anything of it being sent. */
const STALLED = 30_000

const UNCLEAR = 'The server did not take the image.'

/** Answers after which another try may do better: nobody there, too many at once, signed out in the meantime. */
const isWorthRetrying = (status: number): boolean =>
  status === 0 || status === 401 || status === 408 || status === 429 || status >= 500

const wordsOf = (body: unknown): string => {
  const { message } = ((body as { error?: unknown } | null)?.error ?? {}) as { message?: unknown }
  return typeof message === 'string' && message !== '' ? message : UNCLEAR
}

const answerOf = ({ status, response }: XMLHttpRequest): UploadAnswer => {
  if (isWorthRetrying(status)) return { type: 'later' }
  const asset = (response as { hash?: unknown } | null)?.hash
  if (status === 201 && typeof asset === 'string') {
    return { type: 'stored', asset: asset as Extract<UploadAnswer, { type: 'stored' }>['asset'] }
  }
  return { type: 'refused', message: wordsOf(response) }
}

/** XMLHttpRequest, because only it says how much has been sent. */
export const sendPicture = (
  address: string,
  picture: Blob,
  onProgress: (part: number) => void,
): Promise<UploadAnswer> =>
  new Promise((resolve) => {
    const request = new XMLHttpRequest()
    let stalled = setTimeout(() => request.abort(), STALLED)
    const end = (): void => {
      clearTimeout(stalled)
      resolve(answerOf(request))
    }
    request.upload.addEventListener('progress', ({ loaded, total }) => {
      clearTimeout(stalled)
      stalled = setTimeout(() => request.abort(), STALLED)
      if (total > 0) onProgress(loaded / total)
    })
    for (const event of ['load', 'error', 'abort', 'timeout']) request.addEventListener(event, end)
    request.open('POST', address)
    request.responseType = 'json'
    request.setRequestHeader('content-type', picture.type)
    request.send(picture)
  })
