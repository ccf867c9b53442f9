/** The mark: two leaves of a drawbridge, opening over water. */
export const Mark = ({ className = 'size-8' }: { className?: string }) => (
  <svg viewBox="0 0 32 32" aria-hidden="true" className={className}>
    <rect width="32" height="32" rx="8" fill="#0b6b72" />
    <g fill="none" stroke="#fff" strokeWidth="2.4" strokeLinecap="round" strokeLinejoin="round">
      <path d="M6 20.5V14M26 20.5V14" />
      <path d="M6 20.5 13.6 9.5M26 20.5 18.4 9.5" stroke="#ffd9a8" />
      <path d="M5 25.2c1.8 0 1.8-1.5 3.67-1.5s1.83 1.5 3.66 1.5 1.84-1.5 3.67-1.5 1.83 1.5 3.67 1.5 1.83-1.5 3.66-1.5 1.84 1.5 3.67 1.5" />
    </g>
  </svg>
)

export const Wordmark = () => (
  <span className="flex items-center gap-2.5">
    <Mark />
    <span className="font-hand text-xl font-bold tracking-tight">Drawbridge</span>
  </span>
)
