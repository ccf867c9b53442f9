import { listBuildFiles } from '../../lib/build-files.ts'

export const dynamic = 'force-dynamic'

/** What `public/service-worker.js` has to keep of this build. Nothing of it is secret. */
export const GET = async (): Promise<Response> => {
  const list = await listBuildFiles()
  return list
    ? Response.json(list, { headers: { 'cache-control': 'no-store' } })
    : new Response(null, { status: 404 })
}
