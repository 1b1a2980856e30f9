import { createContext, use, useEffect } from 'react'
import { createStore, type StoreApi, useStore } from 'zustand'
import type { LineEdit } from '../document/model'

interface Place {
  /** The row that somebody stands on, by its key. */
  at?: string
  /** The row where something else on the screen wants them to go. */
  wanted?: string
}

export const newCursor = () => createStore<Place>(() => ({}))

/** Where somebody stands in the lines of a document, for what stands beside them. A screen that wants to know gives one. */
export const CursorContext = createContext<StoreApi<Place>>(newCursor())

/** The row somebody stands on, and how to send them to another. */
export function useCursor() {
  const cursor = use(CursorContext)
  return { at: useStore(cursor, (place) => place.at), go: (row: string) => cursor.setState({ at: row, wanted: row }) }
}

/** Of lines: tells where the cursor is, and takes it where it is wanted. */
export function useCursorShared(rows: LineEdit[], active: number, take: (row: number) => void) {
  const cursor = use(CursorContext)
  const here = rows[active]?._k
  const wanted = useStore(cursor, (place) => place.wanted)
  useEffect(() => {
    if (here) cursor.setState({ at: here })
  }, [cursor, here])
  useEffect(() => {
    const row = rows.findIndex((one) => one._k === wanted)
    if (wanted === undefined || row < 0) return
    cursor.setState({ wanted: undefined, at: wanted })
    take(row)
  }, [cursor, wanted, rows, take])
}
