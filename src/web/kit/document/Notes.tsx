import { Button, Mentions } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { post, problemOf } from '@/api/http'
import { queryClient, queryString, useLookup, usePages } from '@/api/queries'
import type { Note } from '@/api/types'
import { formatAgo, formatDateTime } from '@/shared/format'
import { useDebounced } from '@/shared/useDebounced'
import { mentionedIn } from './mentions'

export default function Notes({ url }: { url: string }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [sought, setSought] = useState<string | null>(null)
  const [people, setPeople] = useState<Record<string, string | number>>({})
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState('')
  const settled = useDebounced(sought ?? '', 150)
  const { data: found } = useLookup(url, queryString({ q: settled, limit: 8 }), sought !== null)
  const { data, hasNextPage, fetchNextPage } = usePages<Note>('notes', url)
  const notes = data?.pages.flatMap((page) => page.rows) ?? []
  const send = async () => {
    if (!text.trim() || busy) return
    setBusy(true)
    setProblem('')
    try {
      await post(url, { text: text.trim(), mentions: mentionedIn(text, people) })
      setText('')
      await queryClient.invalidateQueries({ predicate: ({ queryKey }) => ['notes', 'events'].includes(String(queryKey[0])) })
    } catch (error) {
      setProblem(problemOf(error).detail)
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className="notes">
      <Mentions
        rows={3}
        value={text}
        placeholder={t('side.notePlaceholder')}
        aria-label={t('side.notes')}
        data-testid="note"
        onChange={setText}
        onSearch={setSought}
        filterOption={false}
        onSelect={(option) => setPeople({ ...people, [String(option.value)]: String(option.key) })}
        options={(found?.rows ?? []).map((member) => ({ key: String(member.id), value: member.label, label: member.label }))}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send()
        }}
      />
      {problem && (
        <p className="field__error" role="alert">
          {problem}
        </p>
      )}
      <Button type="primary" size="small" loading={busy} disabled={!text.trim()} onClick={() => void send()}>
        {t('side.send')}
      </Button>
      <ol className="notes__list">
        {notes.map((note) => (
          <li key={note.id}>
            <b>{note.by?.label}</b>
            <time dateTime={note.at} title={formatDateTime(note.at)}>
              {formatAgo(note.at)}
            </time>
            <p>{note.text}</p>
          </li>
        ))}
      </ol>
      {hasNextPage && (
        <Button block size="small" onClick={() => void fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </div>
  )
}
