import * as Y from 'yjs'

/**
 * A document that hardly anybody listens to. There are thousands of them and each takes small updates, of which what Yjs does
 * around them would be most of the work and of the garbage: it tells six events of each transaction, and makes a list of
 * listeners for each of them, though there are none. And it puts the transaction into a list that was made after the one
 * before, and so is old: V8 then keeps the transaction, with all that it holds, until the old generation is collected.
 */
export class QuietDoc extends Y.Doc {
  override emit(...[name, args]: Parameters<Y.Doc['emit']>): void {
    if (this._observers.has(name)) super.emit(name, args as never)
    // The document has a new list by now.
    if (name === 'afterAllTransactions') (args as [Y.Doc, Y.Transaction[]])[1].length = 0
  }
}
