import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { get } from '@/api/http'
import { useDebounced } from '@/shared/useDebounced'
import { type Division, divisionsWithin, type TreeRow, treeRows } from './model'

/** Provinces, cities and counties to choose from: opened level by level, or found by name. */
export function useDivisions(open: boolean) {
  const [loaded, setLoaded] = useState<TreeRow[]>([])
  const [text, setText] = useState('')
  const wanted = useDebounced(text.trim(), 200)
  const { data: top } = useQuery({ queryKey: ['divisions', ''], queryFn: () => divisionsWithin(''), enabled: open, staleTime: Infinity })
  const { data: found } = useQuery({
    queryKey: ['divisions found', wanted],
    queryFn: () => get<{ rows: Division[] }>(`/api/v1/organization/divisions/?q=${encodeURIComponent(wanted)}`),
    enabled: open && wanted !== '',
    staleTime: Infinity,
  })
  const load = async (code: string) => {
    const rows = treeRows(code, await divisionsWithin(code))
    setLoaded((before) => [...before.filter((row) => row.pId !== code), ...rows])
  }
  const rows = wanted
    ? treeRows('', found?.rows ?? []).map((row) => ({ ...row, title: row.full, isLeaf: true }))
    : [...treeRows('', top ?? []), ...loaded]
  return { rows, text, setText, load }
}
