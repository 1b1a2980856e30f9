import { Button, Modal, Segmented } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { documentKey, queryClient } from '@/api/queries'
import type { Doc, RefValue } from '@/api/types'
import { type Conflict, merged, yielded } from './merge'
import type { Editor } from './useEditor'

type Choice = 'mine' | 'theirs'

/** Two texts longer than this, in characters, stand one above the other. */
const ROOM = 24

function ConflictRow({ conflict, choice, onChoose }: { conflict: Conflict; choice: Choice; onChoose: (choice: Choice) => void }) {
  const { t } = useTranslation()
  const long = conflict.mine.length + conflict.theirs.length > ROOM
  const options = [
    { value: 'mine' as const, label: t('stale.mine', { value: conflict.mine || '—' }) },
    { value: 'theirs' as const, label: t('stale.theirs', { value: conflict.theirs || '—' }) },
  ]
  return (
    <li>
      <span>{conflict.label}</span>
      <Segmented size="small" vertical={long} value={choice} options={options} onChange={onChoose} />
    </li>
  )
}

/** Someone was faster: both versions side by side, and nothing typed is lost. */
export function StaleDialog({ editor, current, onClose }: { editor: Editor; current: Doc; onClose: () => void }) {
  const { t } = useTranslation()
  const { description, doc, edits, draft } = editor
  const who = (current.updated_by as RefValue | null | undefined)?.label
  const [choices, setChoices] = useState<Record<string, Choice>>({})
  const before = doc && doc.version === draft?.version ? doc : null
  const merge = useMemo(() => merged(description, before, edits, draft?.base ?? {}, current), [description, before, edits, draft, current])
  const take = () => queryClient.setQueryData(documentKey(description.key, current.id), current)
  const keep = () => {
    const given = merge.conflicts.filter(({ path }) => choices[path] === 'theirs').map(({ path }) => path)
    editor.replace(yielded(merge.edits, given), merge.base, current.version)
    take()
    onClose()
  }
  const drop = () => {
    editor.discard()
    take()
    onClose()
  }
  return (
    <Modal
      open
      width={640}
      title={who ? t('stale.titleBy', { who }) : t('stale.title')}
      onCancel={onClose}
      data-testid="stale"
      footer={
        <>
          <Button danger type="text" onClick={drop} data-testid="stale-drop">
            {t('stale.drop')}
          </Button>
          <Button type="primary" onClick={keep} data-testid="stale-keep">
            {t('stale.keep')}
          </Button>
        </>
      }
    >
      <p className="soft">{t('stale.text')}</p>
      {merge.conflicts.length > 0 && (
        <>
          <h3 className="stale__head">{t('stale.conflicts')}</h3>
          <ul className="stale">
            {merge.conflicts.map((conflict) => (
              <ConflictRow
                key={conflict.path}
                conflict={conflict}
                choice={choices[conflict.path] ?? 'mine'}
                onChoose={(choice) => setChoices({ ...choices, [conflict.path]: choice })}
              />
            ))}
          </ul>
        </>
      )}
      {merge.news.length > 0 && (
        <>
          <h3 className="stale__head">{t('stale.news')}</h3>
          <ul className="stale">
            {merge.news.map((news) => (
              <li key={news.path}>
                <span>{news.label}</span>
                <b>{news.theirs || '—'}</b>
              </li>
            ))}
          </ul>
        </>
      )}
    </Modal>
  )
}
