import type { ReactNode } from 'react'

const MOST = 99

/** A number at the corner of something, when there is one. */
export function Counted({ count, children }: { count: number; children: ReactNode }) {
  return (
    <span className="counted">
      {children}
      {count > 0 && <b>{count > MOST ? `${MOST}+` : count}</b>}
    </span>
  )
}
