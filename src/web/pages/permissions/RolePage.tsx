import { App, Button, Space } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { post, problemOf } from '@/api/http'
import { queryClient, useDescription, useDocument, useMeta } from '@/api/queries'
import type { Doc } from '@/api/types'
import { DocumentView } from '@/kit/document/DocumentPage'
import { docUrl, HOME } from '@/workspace/route'
import { useTab } from '@/workspace/TabHost'
import { openTab } from '@/workspace/tabs'
import { CompareDialog } from './CompareDialog'
import { ROLE } from './catalogue'

/** What can be done with a role as a whole: copy it, compare it with another, look through its eyes. */
function RoleTools({ doc }: { doc: Doc }) {
  const { t } = useTranslation()
  const { message, modal } = App.useApp()
  const { resources, member } = useMeta()
  const [comparing, setComparing] = useState(false)
  const url = resources[ROLE]?.url ?? ''
  const copy = async () => {
    const { name, remark, grants, masks, screens } = doc
    try {
      const made = await post<{ id: number }>(url, { name: t('permission.copyName', { name }), remark, grants, masks, screens })
      openTab(docUrl(ROLE, made.id))
    } catch (error) {
      void message.error(problemOf(error).detail)
    }
  }
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
      {resources[ROLE]?.can.create && (
        <Button data-testid="copy-role" onClick={() => void copy()}>
          {t('permission.copy')}
        </Button>
      )}
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
  return <DocumentView extra={doc.data && <RoleTools doc={doc.data} />} />
}
