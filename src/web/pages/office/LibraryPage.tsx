import { CheckOutlined, PlusOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get, post, problemOf } from '@/api/http'
import { metaQuery, queryClient, refreshAll, useMeta } from '@/api/queries'
import { Icon } from '@/shared/Icon'
import { language } from '@/shared/i18n'
import { Trouble } from '@/shared/Trouble'
import { Waiting } from '@/shared/Waiting'
import { docUrl, newUrl } from '@/workspace/route'
import { useTabTitle } from '@/workspace/TabHost'
import { TabLink } from '@/workspace/TabLink'
import { openTab } from '@/workspace/tabs'
import './office.css'

interface Ready {
  key: string
  name: string
  about: string
  icon: string
  form: number | null
}

/** 表单库: ready forms, each taken over and published by one click. */
export default function LibraryPage() {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const { resources } = useMeta()
  const [busy, setBusy] = useState('')
  useTabTitle(t('office.library'))
  const { data, error } = useQuery({
    queryKey: ['form-library', language()],
    queryFn: () => get<{ rows: Ready[] }>('/api/v1/office/forms/library/'),
  })
  if (error) return <Trouble title={problemOf(error).detail} />
  if (!data) return <Waiting />
  const free = data.rows.filter((row) => !row.form)
  const take = async (keys: string[]) => {
    setBusy(keys.join(' '))
    try {
      await post('/api/v1/office/forms/library/', { keys, publish: true })
      await queryClient.invalidateQueries({ queryKey: metaQuery.queryKey })
      await refreshAll([])
      void message.success(t('office.took', { n: keys.length }))
    } catch (refused) {
      void message.error(problemOf(refused).detail)
    } finally {
      setBusy('')
    }
  }
  const may = resources['office.form']?.can.create
  return (
    <div className="library">
      <header className="library__head">
        <div>
          <h1>{t('office.library')}</h1>
          <p className="soft">{t('office.libraryHelp')}</p>
        </div>
        {may && (
          <span className="library__actions">
            <Button icon={<PlusOutlined />} onClick={() => openTab(newUrl('office.form'))}>
              {t('office.newForm')}
            </Button>
            <Button
              type="primary"
              disabled={!free.length}
              loading={busy.includes(' ')}
              data-testid="take-all"
              onClick={() => void take(free.map((row) => row.key))}
            >
              {t('office.takeAll')}
            </Button>
          </span>
        )}
      </header>
      <ul className="library__forms">
        {data.rows.map((row) => (
          <li key={row.key} className="panel" data-testid={`ready-${row.key}`}>
            <h2>
              <Icon name={row.icon} /> {row.name}
            </h2>
            <p className="soft">{row.about}</p>
            {row.form ? (
              <p className="library__there">
                <CheckOutlined /> {t('office.there')}
                <TabLink to={docUrl('office.form', row.form)}>{t('office.open')}</TabLink>
              </p>
            ) : (
              may && (
                <Button loading={busy === row.key} onClick={() => void take([row.key])}>
                  {t('office.take')}
                </Button>
              )
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}
