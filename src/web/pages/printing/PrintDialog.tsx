import { PrinterOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Checkbox, Modal, Segmented, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get, problemOf } from '@/api/http'
import type { PrintingProps } from '@/kit/document/bespoke'
import { PROGRAMS } from '@/kit/document/prints'
import { wireLanguage } from '@/shared/i18n'
import { Waiting } from '@/shared/Waiting'
import './printing.css'

interface Form {
  key: string
  label: string
  ways: string[]
  languages: string[]
  seal: boolean
  /** The form of the product in whose place it stands. */
  stands_for?: string
}

interface Offered {
  forms: Form[]
  /** {form: {language: the layout that the goods of the document call for}} */
  instead: Record<string, Record<string, string>>
}

const EXACT = 'exact '

/** Any paper of a document: which layout, in which language, as what, with the seal. */
export default function PrintDialog({ description, doc, onClose }: PrintingProps) {
  const { t } = useTranslation()
  const url = `${description.url}${doc.id}/print/`
  const { data, error } = useQuery({ queryKey: ['print forms', url, doc.version], queryFn: () => get<Offered>(`${url}forms/`) })
  return (
    <Modal open title={t('prints.title')} onCancel={onClose} footer={null} data-testid="print-dialog" destroyOnHidden>
      {error ? (
        <p className="field__error">{problemOf(error).detail}</p>
      ) : data ? (
        <Choices offered={data} url={url} />
      ) : (
        <Waiting lines={4} />
      )}
    </Modal>
  )
}

function Choices({ offered: { forms, instead }, url }: { offered: Offered; url: string }) {
  const { t } = useTranslation()
  const [chosen, setChosen] = useState(forms[0]?.key ?? '')
  const [language, setLanguage] = useState<string>(wireLanguage())
  const [way, setWay] = useState('pdf')
  const [sealed, setSealed] = useState(false)
  const named = (key: string) => forms.find((one) => one.key === key)
  const exact = chosen.startsWith(EXACT)
  const key = chosen.replace(EXACT, '')
  const called = exact ? undefined : named(instead[key]?.[language] ?? '')
  const form = called ?? named(key)
  if (!form) return null
  const papers = forms.filter((one) => !one.stands_for)
  const options = [
    { label: t('prints.papers'), options: papers.map((one) => ({ value: one.key, label: one.label })) },
    {
      label: t('prints.layouts'),
      options: [
        ...papers
          .filter((one) => instead[one.key])
          .map((one) => ({ value: EXACT + one.key, label: t('prints.plain', { name: one.label }) })),
        ...forms
          .filter((one) => one.stands_for)
          .map((one) => ({ value: one.key, label: `${one.label} · ${named(one.stands_for ?? '')?.label ?? ''}` })),
      ],
    },
  ].filter((group) => group.options.length > 0)
  const sealable = form.seal && way === 'pdf'
  const query = `template=${key}&language=${language}&as=${way}${exact ? '&exact=1' : ''}${sealed && sealable ? '&seal=1' : ''}`
  return (
    <div className="printing">
      <label htmlFor="print-form">
        {t('prints.form')}
        <Select id="print-form" value={chosen} options={options} onChange={setChosen} data-testid="print-form" />
      </label>
      {called && <p className="soft">{t('prints.called', { name: called.label })}</p>}
      <div>
        <span>{t('prints.language')}</span>
        <Segmented
          value={language}
          options={form.languages.map((value) => ({ value, label: t(`prints.languages.${value}`) }))}
          onChange={setLanguage}
        />
      </div>
      <div>
        <span>{t('prints.as')}</span>
        <Segmented value={way} options={form.ways.map((value) => ({ value, label: PROGRAMS[value] ?? 'PDF' }))} onChange={setWay} />
      </div>
      {sealable && (
        <Checkbox checked={sealed} onChange={(event) => setSealed(event.target.checked)}>
          {t('prints.seal')}
        </Checkbox>
      )}
      <Button type="primary" icon={<PrinterOutlined />} href={`${url}?${query}`} target="_blank" rel="noreferrer" data-testid="print-open">
        {t(way === 'pdf' ? 'prints.open' : 'prints.download')}
      </Button>
    </div>
  )
}
