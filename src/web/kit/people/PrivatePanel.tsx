import { EyeOutlined } from '@ant-design/icons'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get, put } from '@/api/http'
import type { Doc } from '@/api/types'
import { useChange } from '@/kit/useChange'
import './people.css'

const NAMES = ['id_number', 'bank_name', 'bank_account'] as const
type Values = Record<(typeof NAMES)[number], string>

/** ID number and bank account, encrypted: shown on demand, each look on record. */
export function PrivatePanel({ doc }: { doc: Doc }) {
  const { t } = useTranslation()
  const { busy, change } = useChange()
  const [values, setValues] = useState<Values | null>(null)
  const url = `/api/v1/organization/members/${doc.id}/private/`
  const show = () => change(async () => setValues(await get<Values>(url)))
  const save = () => change(() => put(url, values), t('document.saved')).then((done) => done && setValues(null))
  return (
    <section className="panel private" data-testid="private">
      <div className="private__text">
        <b>{t('org.private.title')}</b>
        <span className="soft">{t('org.private.text')}</span>
      </div>
      {!values && (
        <Button icon={<EyeOutlined />} loading={busy} onClick={() => void show()}>
          {t('org.private.show')}
        </Button>
      )}
      {values &&
        NAMES.map((name) => (
          <div key={name} className="private__field">
            <label htmlFor={`private-${name}`} className="soft">
              {t(`org.private.${name}`)}
            </label>
            <Input
              id={`private-${name}`}
              autoComplete="off"
              value={values[name]}
              onChange={(event) => setValues({ ...values, [name]: event.target.value })}
            />
          </div>
        ))}
      {values && (
        <>
          <Button type="primary" loading={busy} onClick={() => void save()}>
            {t('org.private.save')}
          </Button>
          <Button onClick={() => setValues(null)}>{t('org.private.hide')}</Button>
        </>
      )}
    </section>
  )
}
