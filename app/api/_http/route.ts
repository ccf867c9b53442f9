import type { NextRequest } from 'next/server'
import type { z } from 'zod'
import type { AssetsContext } from '../../../server/assets/board-assets.ts'
import { needsRenewal, readSession, type Session, sessionCookie } from '../../../server/auth/session.ts'
import { addressOf, isOwnRequest, siteOrigin } from '../../../server/auth/site.ts'
import type { BoardsContext } from '../../../server/boards/context.ts'
import { Refusal } from '../../../server/boards/refusal.ts'
import { type Runtime, runtime } from '../../../server/runtime.ts'
import type { PersonRow } from '../../../server/store/types.ts'
import { readBody } from './body.ts'
import { answerTo } from './errors.ts'

/** What a handler gets to work with, once everything about the request is in order. */
export interface Call<Body, Params, Who> {
  readonly request: NextRequest
  readonly params: Params
  readonly body: Body
  readonly person: Who
  readonly session: Session | null
  /** The origin of this site as the client knows it, without a slash at the end. */
  readonly origin: string
  /** The client's network address, as far as it is known. */
  readonly address: string
  readonly runtime: Runtime
  readonly boards: BoardsContext
}

interface Context<Params> {
  readonly params: Promise<Params>
}

type Handle<Body, Params, Who> = (call: Call<Body, Params, Who>) => Promise<Response>
type RouteHandler<Params> = (request: NextRequest, context: Context<Params>) => Promise<Response>

export const boardsContext = ({
  store,
  accessEvents,
  tickets,
  config,
  versionKeeper,
}: Runtime): BoardsContext => ({
  store,
  accessEvents,
  tickets,
  secret: config.secret,
  now: () => new Date(),
  versionKeeper,
})

export const assetsContext = (current: Runtime): AssetsContext => ({
  ...boardsContext(current),
  assets: current.assets,
  intake: current.intake,
  quota: current.config.pictureQuota,
})

const refuseForeign = (request: NextRequest, current: Runtime): void => {
  if (request.method === 'GET' || request.method === 'HEAD') return
  if (isOwnRequest(current.config, request)) return
  throw new Refusal('foreign-origin', 'Requests from other sites are not answered.')
}

const renewed = async (response: Response, current: Runtime, session: Session | null): Promise<Response> => {
  if (session && needsRenewal(session) && !response.headers.has('set-cookie')) {
    response.headers.append('set-cookie', await sessionCookie(current, session))
  }
  return response
}

type Prepared<Params> = Omit<Call<unknown, Params, unknown>, 'body' | 'person'>

const serve = async <Params>(
  request: NextRequest,
  context: Context<Params>,
  answer: (call: Prepared<Params>, session: Session | null) => Promise<Response>,
): Promise<Response> => {
  const current = runtime()
  try {
    refuseForeign(request, current)
    const session = await readSession(current, request.cookies)
    const call = {
      request,
      session,
      params: await context.params,
      origin: siteOrigin(current.config, request),
      address: addressOf(request),
      runtime: current,
      boards: boardsContext(current),
    }
    return await renewed(await answer(call, session), current, session)
  } catch (error) {
    return answerTo(error, current, request)
  }
}

const bodyOf = async <S extends z.ZodType>(request: NextRequest, schema: S | null): Promise<z.output<S>> =>
  schema === null ? (undefined as z.output<S>) : readBody(request, schema)

/**
 * A route handler for people with a session, guests included. In this order: the request is not from another site, there
 * is a session, the body fits `schema`; then `handle` runs. Whatever is thrown becomes an answer of the one form.
 */
export const route =
  <S extends z.ZodType, Params>(
    schema: S | null,
    handle: Handle<z.output<S>, Params, PersonRow>,
  ): RouteHandler<Params> =>
  (request, context) =>
    serve(request, context, async (call, session) => {
      if (!session?.person.id) throw new Refusal('signed-out', 'Sign in or continue as a guest first.')
      return handle({ ...call, person: session.person, body: await bodyOf(request, schema) })
    })

/** As `route`, also for people without a session. */
export const openRoute =
  <S extends z.ZodType, Params>(
    schema: S | null,
    handle: Handle<z.output<S>, Params, PersonRow | null>,
  ): RouteHandler<Params> =>
  (request, context) =>
    serve(request, context, async (call, session) =>
      handle({ ...call, person: session?.person ?? null, body: await bodyOf(request, schema) }),
    )
