import { type ReactNode, useEffect, useState } from 'react'
import { get, problemOf } from '@/api/http'
import { Complaint, Frame } from './Frame'

interface Props<T> {
  url: string
  title: string
  foot: ReactNode
  children: (found: T) => ReactNode
}

/** A page behind a one-time link: whether it still holds is asked before anything is typed. */
export function ByLink<T>({ url, title, foot, children }: Props<T>) {
  const [found, setFound] = useState<T | null>(null)
  const [problem, setProblem] = useState('')
  useEffect(() => {
    get<T>(url).then(setFound, (error: unknown) => setProblem(problemOf(error).detail))
  }, [url])
  if (found) return children(found)
  return (
    problem && (
      <Frame title={title} foot={foot}>
        <Complaint text={problem} />
      </Frame>
    )
  )
}
