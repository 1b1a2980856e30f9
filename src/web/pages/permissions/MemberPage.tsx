import { QuestionCircleOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDescription, useDocument } from '@/api/queries'
import type { Doc, RefValue } from '@/api/types'
import { WhyDialog } from '@/kit/access/WhyDialog'
import { DeskPage } from '@/kit/desk/DeskPage'
import { PrivatePanel } from '@/kit/people/PrivatePanel'
import { useTab } from '@/workspace/TabHost'
import { DutiesAlert } from './DutiesAlert'
import { LockStrip } from './LockStrip'
import { type MemberDesk, MemberOverview } from './MemberOverview'
import './permissions.css'

function Why({ doc }: { doc: Doc }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button icon={<QuestionCircleOutlined />} data-testid="why-member" onClick={() => setOpen(true)}>
        {t('access.whatMay')}
      </Button>
      {open && <WhyDialog member={{ id: doc.id, label: doc._label }} onClose={() => setOpen(false)} />}
    </>
  )
}

const rolesOf = (doc: Doc) => ((doc.roles ?? []) as RefValue[]).map(({ id }) => id)

/** 员工: what is theirs and what they did, beside the form with what their roles put into one hand and what they may do. */
export default function MemberPage() {
  const { key, id } = useTab()
  const description = useDescription(key)
  const doc = useDocument(description.data, id)
  return (
    <DeskPage<MemberDesk>
      view={MemberOverview}
      opens="form"
      extra={doc.data && <Why doc={doc.data} />}
      above={(member) => (
        <div className="member__above">
          <LockStrip doc={member} />
          <DutiesAlert asked={JSON.stringify({ roles: rolesOf(member) })} />
          {member._can?.change && <PrivatePanel doc={member} />}
        </div>
      )}
    />
  )
}
