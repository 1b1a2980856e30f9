import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { compute } from '@/api/http'
import { outgoing } from '@/kit/document/model'
import type { Editor } from '@/kit/document/useEditor'
import { useDebounced } from '@/shared/useDebounced'

export interface Sketch {
  /** Of what is typed, as last saved, or of nothing yet. */
  of: 'typed' | 'saved' | ''
  pages: string[]
  more: number
  errors: { path: string; code: string; detail: string }[]
}

const PAUSE = 600

/** What is typed, as it goes out, once somebody pauses; of what is saved, its version. */
export function useTyped({ description, doc, edits, dirty }: Editor, pause = PAUSE) {
  const typed = useMemo(
    () => JSON.stringify({ ...outgoing(description, edits).body, ...(doc && { id: doc.id }) }),
    [description, doc, edits],
  )
  const asked = useDebounced(typed, pause)
  return { asked, settled: asked === typed, version: doc?.version ?? 0, dirty: dirty || !doc }
}

/** The paper as it would be printed now, following what is typed: drawn on the server by the rules that print it. */
export function usePaper(editor: Editor, template: string, language: string) {
  const { url } = editor.description
  const { asked, settled, version, dirty } = useTyped(editor)
  const { data, error, isPlaceholderData } = useQuery({
    queryKey: ['paper', url, template, language, version, asked],
    queryFn: () => compute<Sketch>(`${url}preview/print/?template=${template}&language=${language}`, JSON.parse(asked)),
    placeholderData: (before) => before,
    gcTime: 0,
  })
  const pages = useMemo(() => (data?.pages ?? []).map((page) => `data:image/svg+xml,${encodeURIComponent(page)}`), [data])
  return { sketch: data, pages, error, waiting: isPlaceholderData || !settled, dirty }
}
