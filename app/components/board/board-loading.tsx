import { Mark } from '../brand.tsx'

/** While the board's code and content arrive: quiet, and only if it takes a moment. */
export const BoardLoading = () => (
  <div
    role="status"
    className="board-loading pointer-events-none absolute inset-0 flex items-center justify-center"
  >
    <div className="flex flex-col items-center gap-3">
      <Mark className="size-10 animate-pulse" />
      <p className="text-faint text-sm">Opening the board</p>
    </div>
  </div>
)
