import { FilePdfOutlined, ZoomInOutlined } from '@ant-design/icons'
import { Alert, Button, Empty, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemOf } from '@/api/http'
import type { Description } from '@/api/types'
import type { Editor } from '@/kit/document/useEditor'
import { wireLanguage } from '@/shared/i18n'
import { Trouble } from '@/shared/Trouble'
import { classes } from '@/shared/text'
import { Waiting } from '@/shared/Waiting'
import { type Sketch, usePaper } from './usePaper'

/** Both at once where a paper is put together of blocks, which can be had in other programs too. */
const languagesOf = (form: Description['prints'][number] | undefined) => (form?.ways ? ['zh-hans', 'en', 'both'] : ['zh-hans', 'en'])

/** Of what the pages are: of what is typed, or as last saved and why. */
function Of({ sketch, dirty }: { sketch: Sketch; dirty: boolean }) {
  const { t } = useTranslation()
  const why = sketch.errors[0]?.detail
  if (sketch.of === 'typed' && !why) return dirty ? <p className="soft">{t('quote.paper.typed')}</p> : null
  const told = t(`quote.paper.${sketch.of || 'nothing'}${sketch.of === 'typed' ? 'But' : ''}`)
  return <Alert type={sketch.of === 'typed' ? 'info' : 'warning'} showIcon title={told} description={why} data-testid="paper-of" />
}

/** The paper beside the quote, as it would be printed now. */
export function PaperPane({ editor }: { editor: Editor }) {
  const { t } = useTranslation()
  const { description, doc } = editor
  const [form, setForm] = useState(description.prints[0]?.key ?? '')
  const [wanted, setLanguage] = useState<string>(wireLanguage())
  const [large, setLarge] = useState(false)
  const languages = languagesOf(description.prints.find((one) => one.key === form))
  const language = languages.includes(wanted) ? wanted : wireLanguage()
  const { sketch, pages, error, waiting, dirty } = usePaper(editor, form, language)
  return (
    <div className="paper" data-testid="paper-pane" aria-busy={waiting}>
      <div className="paper__tools">
        <Select
          aria-label={t('quote.paper.form')}
          value={form}
          options={description.prints.map((one) => ({ value: one.key, label: one.label }))}
          onChange={setForm}
        />
        <Select
          aria-label={t('quote.paper.language')}
          value={language}
          options={languages.map((value) => ({ value, label: t(`prints.languages.${value}`) }))}
          onChange={setLanguage}
        />
        <Button
          icon={<ZoomInOutlined />}
          type={large ? 'primary' : 'default'}
          ghost={large}
          aria-pressed={large}
          aria-label={t('quote.paper.zoom')}
          title={t('quote.paper.zoom')}
          onClick={() => setLarge(!large)}
        />
        {doc && !dirty && (
          <Button
            icon={<FilePdfOutlined />}
            href={`${description.url}${doc.id}/print/?template=${form}&language=${language}`}
            target="_blank"
            rel="noreferrer"
            aria-label={t('quote.paper.pdf')}
            title={t('quote.paper.pdf')}
          />
        )}
      </div>
      {error && <Trouble title={problemOf(error).detail} />}
      {!error && !sketch && <Waiting lines={8} />}
      {!error && sketch && (
        <>
          <Of sketch={sketch} dirty={dirty} />
          {pages.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('quote.paper.fill')} />}
          <div className={classes('paper__pages', waiting && 'is-waiting', large && 'is-large')}>
            {pages.map((page, at) => (
              <img key={at} src={page} alt={t('quote.paper.page', { n: at + 1 })} data-testid="paper-page" />
            ))}
          </div>
          {sketch.more > 0 && <p className="soft">{t('quote.paper.more', { n: sketch.more })}</p>}
        </>
      )}
    </div>
  )
}
