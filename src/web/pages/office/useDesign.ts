import { useEffect, useMemo, useState } from 'react'
import { compute } from '@/api/http'
import type { Description, FieldError, Values } from '@/api/types'
import { useDebounced } from '@/shared/useDebounced'
import { type Design, designOf, type Place, placedErrors } from './model'

export interface Tried {
  errors: FieldError[]
  description?: Description
  computed?: Values
}

/** What the server says of a design, asked a moment after the last stroke. */
export function useTried(design: Design, about: Values, values?: Values): Tried | null {
  const settled = useDebounced(JSON.stringify({ ...about, design, values: values ?? {} }), 350)
  const [tried, setTried] = useState<Tried | null>(null)
  useEffect(() => {
    let current = true
    compute<Tried>('/api/v1/office/forms/try/', JSON.parse(settled))
      .then((answer) => current && setTried(answer))
      .catch(() => undefined) // the next stroke asks again; saving says what is wrong
    return () => {
      current = false
    }
  }, [settled])
  return tried
}

/** The design being drawn, what is chosen in it, and what is wrong with it. */
export function useDesign(value: unknown, onChange: (value: unknown) => void, about: Values) {
  const design = designOf(value)
  const [chosen, choose] = useState<Place | null>(null)
  const tried = useTried(design, about)
  const errors = useMemo(() => placedErrors(tried?.errors ?? []), [tried])
  return { design, set: onChange as (design: Design) => void, chosen, choose, errors, description: tried?.description }
}
export type Drawing = ReturnType<typeof useDesign>
