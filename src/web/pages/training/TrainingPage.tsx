import { SearchOutlined } from '@ant-design/icons'
import { Checkbox, Empty, Input, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemOf } from '@/api/http'
import { useMeta } from '@/api/queries'
import { Bar } from '@/kit/desk/parts'
import { Part, Sheet } from '@/kit/sheet/Sheet'
import { Trained } from '@/kit/training/Trained'
import { Trouble } from '@/shared/Trouble'
import { Waiting } from '@/shared/Waiting'
import { MaterialItem } from './MaterialItem'
import { byModule, found, type Library, useLibrary } from './model'
import './training.css'

function Shelves({ library }: { library: Library }) {
  const { t } = useTranslation()
  const { member } = useMeta()
  const own = library.rows.some((row) => row.language === member.language) ? member.language : ''
  const [q, setQ] = useState('')
  const [language, setLanguage] = useState(own)
  const [open, setOpen] = useState(false)
  const inLanguage = found(library.rows, { q: '', language, open: false })
  const shown = byModule(found(inLanguage, { q, language, open }), library.modules)
  const done = inLanguage.filter((row) => row.done).length
  return (
    <>
      <section className="panel part training__head">
        <p>
          <b className="num">{t('training.of', { done, count: inLanguage.length })}</b>
          <Bar value={inLanguage.length ? done / inLanguage.length : 0} tone="cyan" label={t('training.mine')} />
        </p>
        <div className="part__line">
          <Input
            allowClear
            value={q}
            prefix={<SearchOutlined />}
            placeholder={t('training.find')}
            aria-label={t('training.find')}
            onChange={(event) => setQ(event.target.value)}
          />
          <Select
            value={language}
            aria-label={t('training.language')}
            onChange={setLanguage}
            options={['', 'zh-hans', 'en'].map((value) => ({ value, label: t(`training.languages.${value || 'all'}`) }))}
          />
          <Checkbox checked={open} onChange={(event) => setOpen(event.target.checked)}>
            {t('training.left')}
          </Checkbox>
        </div>
      </section>
      {shown.length === 0 && (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t(library.rows.length ? 'training.nothing' : 'training.none')} />
      )}
      {shown.map((one) => (
        <Part key={one.value} title={one.label}>
          <ul className="materials">
            {one.rows.map((row) => (
              <MaterialItem key={row.id} row={row} />
            ))}
          </ul>
        </Part>
      ))}
    </>
  )
}

/** 培训资料: films, texts and steps by part of the menu, ticked off by everybody for themselves; administrators see how far all are. */
export default function TrainingPage() {
  const { t } = useTranslation()
  const { data, error } = useLibrary()
  return (
    <Sheet title={t('page.training')} intro={t('training.intro')}>
      {error && <Trouble title={problemOf(error).detail} />}
      {!data && !error && <Waiting lines={6} />}
      {data && <Shelves library={data} />}
      {data?.company && (
        <Part title={t('training.everybody')} text={t('training.everybodyText')}>
          <Trained progress={data.company} />
        </Part>
      )}
    </Sheet>
  )
}
