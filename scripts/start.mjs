/** `npm start`, after everything is built: the server, in this process. */
process.env.NODE_ENV = 'production'
process.setSourceMapsEnabled(true)
await import('../build/server/main.js')
