import { LoginOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { post, problemOf } from '@/api/http'
import { useMeta } from '@/api/queries'
import type { Doc } from '@/api/types'
import { SwitchedView } from '@/kit/document/SwitchedView'
import { useTab } from '@/workspace/TabHost'
import { Looks } from './Looks'

/** The way into a company that has let the operator in. */
function EnterCompany() {
  const { t } = useTranslation()
  const { key, id } = useTab()
  const url = `${useMeta().resources[key]?.url}${id}/enter/`
  const [trouble, setTrouble] = useState('')
  const enter = async () => {
    try {
      window.location.assign((await post<{ url: string }>(url)).url)
    } catch (error) {
      setTrouble(problemOf(error).detail)
    }
  }
  return (
    <section className="panel section enter">
      <Button type="primary" icon={<LoginOutlined />} onClick={enter}>
        {t('support.enter')}
      </Button>
      <p className="soft" role="status">
        {trouble || t('support.logged')}
      </p>
    </section>
  )
}

/** A support access with what was looked at during it; at the console also with the way in while it holds. */
export default function SupportPage() {
  const { t } = useTranslation()
  const atConsole = useMeta().company.slug === 'console'
  const open = (doc: Doc) => atConsole && doc.state === 'approved'
  return (
    <SwitchedView
      names={{ form: t('support.access'), overview: t('support.looks') }}
      first="form"
      overview={(doc) => <Looks doc={doc} linked={!atConsole} />}
      above={(doc) => (open(doc) ? <EnterCompany /> : null)}
    />
  )
}
