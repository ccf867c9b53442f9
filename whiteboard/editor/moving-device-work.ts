import { forgetDeviceCopies, moveDeviceCopies } from '../collab/move-copies.ts'
import { WaitingMark } from './images/images.ts'
import { moveUploads } from './images/upload-database.ts'

const movePictures = async (from: string, to: string | null): Promise<void> => {
  for (const boardId of await moveUploads(from, to)) {
    if (to !== null) new WaitingMark(to, boardId).set(true)
    new WaitingMark(from, boardId).set(false)
  }
}

/** See `device-work.ts`. */
export const moveDeviceWork = async (from: string, to: string): Promise<void> => {
  await Promise.all([moveDeviceCopies(from, to), movePictures(from, to)])
}

/** See `device-work.ts`. */
export const forgetDeviceWork = async (person: string): Promise<void> => {
  await Promise.all([forgetDeviceCopies(person), movePictures(person, null)])
}
