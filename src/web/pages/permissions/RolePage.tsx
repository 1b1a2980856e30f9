import { App, Button, Space } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { post, problemOf } from '@/api/http'
import { queryClient, useDescription, useDocument, useMeta } from '@/api/queries'
import type { Doc } from '@/api/types'
import { DocumentView } from '@/kit/document/DocumentPage'
import { HOME } from '@/workspace/route'
import { useTab } from '@/workspace/TabHost'
import { CompareDialog } from './CompareDialog'
import { ROLE } from './catalogue'
import { type Usual, UsualStrip } from './UsualStrip'

/** Offered where the updates are told. */
const APART = ['take_over', 'leave']

/** What can be done with a role as a whole: compare it with another, look through its eyes. */
function RoleTools({ doc }: { doc: Doc }) {
  const { t } = useTranslation()
  const { message, modal } = App.useApp()
  const { resources, member } = useMeta()
  const [comparing, setComparing] = useState(false)
  const url = resources[ROLE]?.url ?? ''
  const look = async () => {
    const sure = await modal.confirm({
      title: t('permission.seeAsSure', { name: doc._label }),
      content: t('permission.seeAsHelp'),
      okText: t('permission.seeAs'),
    })
    if (!sure) return
    try {
      await post(`${url}${doc.id}/see-as/`)
      queryClient.clear()
      window.location.assign(HOME)
    } catch (error) {
      void message.error(problemOf(error).detail)
    }
  }
  return (
    <Space wrap>
      <Button data-testid="compare-roles" onClick={() => setComparing(true)}>
        {t('permission.compare')}
      </Button>
      {member.is_admin && (
        <Button data-testid="see-as" onClick={() => void look()}>
          {t('permission.seeAs')}
        </Button>
      )}
      {comparing && <CompareDialog doc={doc} url={url} onClose={() => setComparing(false)} />}
    </Space>
  )
}

/** 角色: its matrix in the generated form, and beside it what concerns the role as a whole. */
export default function RolePage() {
  const { key, id } = useTab()
  const description = useDescription(key)
  const doc = useDocument(description.data, id)
  const news = (role: Doc) => {
    const usual = role._usual as Usual | null
    const may = role._actions?.includes('take_over') && description.data
    return usual && may && <UsualStrip key={role.version} doc={role} usual={usual} url={description.data.url} />
  }
  return <DocumentView extra={doc.data && <RoleTools doc={doc.data} />} above={news} apart={APART} />
}
