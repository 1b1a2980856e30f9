import type { ReactNode } from 'react'

/** A titled part of the page: what it is for, then what can be done. */
export function Part({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <section className="panel section">
      <h2>{title}</h2>
      <p className="soft">{text}</p>
      <div className="company__do">{children}</div>
    </section>
  )
}
