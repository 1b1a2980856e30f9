import { Alert, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Problem } from '@/api/types'
import { formatAgo } from '@/shared/format'
import { useDrafts } from '@/workspace/drafts'
import { ProblemAlert } from './ProblemAlert'
import type { Editor } from './useEditor'

interface Props {
  editor: Editor
  draftId: string
  problem: Problem | null
  loose: string[]
  onClose: () => void
  onCompare: () => void
}

/** What stands between the person and the form: brought-back input, a newer version, a refusal. */
export function Banners({ editor, draftId, problem, loose, onClose, onCompare }: Props) {
  const { t } = useTranslation()
  const restored = useDrafts((state) => state.restored.has(draftId))
  const { draft, doc, discard } = editor
  const outdated = draft && doc && draft.version !== null && draft.version !== doc.version
  return (
    <>
      {problem && <ProblemAlert problem={problem} loose={loose} onClose={onClose} />}
      {outdated ? (
        <Alert
          type="warning"
          showIcon
          data-testid="outdated"
          title={t('document.outdated')}
          action={
            <Button size="small" onClick={onCompare}>
              {t('document.compare')}
            </Button>
          }
        />
      ) : (
        restored &&
        draft && (
          <Alert
            type="info"
            showIcon
            data-testid="restored"
            title={t('document.restored', { when: formatAgo(draft.at), device: draft.device })}
            closable={{ onClose: () => useDrafts.getState().acknowledge(draftId) }}
            action={
              <Button size="small" type="text" onClick={discard}>
                {t('document.discard')}
              </Button>
            }
          />
        )
      )}
    </>
  )
}
