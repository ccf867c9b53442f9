import './board-illustration.css'

const Cursor = ({ name, color, className }: { name: string; color: string; className: string }) => (
  <g className={className}>
    <path
      d="M0 0 4.6 17.4 8.5 10.6 16 8.4Z"
      fill={color}
      stroke="#fff"
      strokeWidth="1.6"
      strokeLinejoin="round"
    />
    <rect x="12" y="16" width={name.length * 8.6 + 16} height="23" rx="7" fill={color} />
    <text x="20" y="32" fill="#fff" className="font-sans" fontSize="13" fontWeight="600">
      {name}
    </text>
  </g>
)

const Ink = ({ d, delay, ...rest }: { d: string; delay: number; stroke?: string; strokeWidth?: number }) => (
  <path
    d={d}
    pathLength={1}
    fill="none"
    stroke="var(--ink)"
    strokeWidth={3}
    strokeLinecap="round"
    strokeLinejoin="round"
    className="illustration-ink"
    style={{ animationDelay: `${delay}s` }}
    {...rest}
  />
)

const Note = ({
  x,
  y,
  turn,
  fill,
  lines,
}: {
  x: number
  y: number
  turn: number
  fill: string
  lines: string[]
}) => (
  <g transform={`translate(${x} ${y}) rotate(${turn})`}>
    <rect y="4" x="1" width="112" height="100" rx="5" fill="var(--shadow-color)" />
    <rect width="112" height="100" rx="5" fill={fill} />
    {lines.map((line, index) => (
      <text key={line} x="14" y={34 + index * 22} fontSize="17" className="font-hand" fill="#3b3222">
        {line}
      </text>
    ))}
  </g>
)

/** A board on which two people draw a bridge: what Drawbridge is, without words. Decoration, hidden from readers. */
export const BoardIllustration = () => (
  <div className="panel shadow-float dot-grid relative overflow-hidden rounded-2xl!">
    <svg viewBox="0 0 600 460" aria-hidden="true" className="block w-full">
      <Note x={44} y={48} turn={-4} fill="#ffdf8a" lines={['towers', '+ chains', '+ a moat']} />
      <Note x={474} y={322} turn={3} fill="#bfe6d6" lines={['who gets', 'the key?']} />
      <g fill="color-mix(in srgb, var(--accent) 12%, transparent)">
        <path d="M196 326V142h76v184zM396 326V142h72v184z" />
      </g>
      <Ink delay={0.2} d="M196 326V152l-2-22h18v12h14v-12h16v12h14v-12h18l-2 22v174" />
      <Ink delay={0.9} d="M396 326V152l-2-22h16v12h14v-12h16v12h13v-12h17l-3 22v174" />
      <Ink delay={1.6} d="M272 300c42-3 82-3 124 1" strokeWidth={7} stroke="var(--wood)" />
      <Ink delay={2.1} d="M272 196 334 298M396 196 336 298" strokeWidth={2.2} />
      <Ink delay={2.6} d="M222 196q12-16 25 0v26h-25zM421 196q11-16 24 0v26h-24z" strokeWidth={2.4} />
      <Ink
        delay={3}
        d="M120 356c18-12 34-12 52 0s34 12 52 0 34-12 52 0 34 12 52 0 34-12 52 0 34 12 52 0"
        stroke="var(--accent)"
      />
      <Ink
        delay={3.5}
        d="M160 386c16-10 30-10 46 0s30 10 46 0 30-10 46 0 30 10 46 0"
        stroke="var(--accent)"
      />
      <Ink
        delay={4.1}
        d="M168 104c22 0 50 18 74 56M230 152l13 10 1-17"
        strokeWidth={2.4}
        stroke="var(--wood)"
      />
      <Cursor name="Noor" color="#0b6b72" className="illustration-noor" />
      <Cursor name="Emil" color="#b4532a" className="illustration-emil" />
    </svg>
  </div>
)
