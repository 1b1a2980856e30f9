import type { ReactNode } from 'react'
import { classes } from '@/shared/text'
import './sheet.css'

/** A page of titled parts, one below the other, no wider than reads well. */
export function Sheet({ title, intro, wide, children }: { title: string; intro?: string; wide?: boolean; children: ReactNode }) {
  return (
    <div className={classes('parts', wide && 'parts--wide')}>
      <h1>{title}</h1>
      {intro && <p className="soft">{intro}</p>}
      {children}
    </div>
  )
}

/** A titled part of such a page: what it is for, then what can be done. */
export function Part({ title, text, testid, children }: { title: string; text?: string; testid?: string; children: ReactNode }) {
  return (
    <section className="panel part" data-testid={testid}>
      <h2>{title}</h2>
      {text && <p className="soft">{text}</p>}
      {children}
    </section>
  )
}
