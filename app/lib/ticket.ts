import type { TicketAnswer } from '../../whiteboard/index.ts'
import { ApiFailure, api } from './api.ts'

/** What the answer to the ticket call means for the connection. */
const refusalOf = ({ status, code }: ApiFailure): TicketAnswer => {
  if (status === 401) return { type: 'refused', reason: 'signed-out' }
  if (status === 403 || code === 'link-dead') return { type: 'refused', reason: 'access-removed' }
  if (status === 404) return { type: 'refused', reason: 'board-gone' }
  if (status === 426) return { type: 'refused', reason: 'outdated' }
  if (status === 429) return { type: 'unreachable', cause: 'too-fast' }
  return status === 503 ? { type: 'unreachable', cause: 'overloaded' } : { type: 'unreachable' }
}

/** Asks the server for a ticket; everything that may pass by itself is worth another try. */
export const requestTicket = async (boardId: string): Promise<TicketAnswer> => {
  try {
    return { type: 'granted', grant: await api.ticket(boardId) }
  } catch (failure) {
    return failure instanceof ApiFailure ? refusalOf(failure) : { type: 'unreachable' }
  }
}
