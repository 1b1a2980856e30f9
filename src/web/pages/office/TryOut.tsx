import { PrinterOutlined } from '@ant-design/icons'
import { Alert, App, Button, Segmented } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { bytes, problemOf } from '@/api/http'
import type { Description, Field, Values } from '@/api/types'
import { computedFrom, type LineEdit, outgoing, rowsOf, shownValue } from '@/kit/document/model'
import { Sections } from '@/kit/document/Sections'
import type { Editor } from '@/kit/document/useEditor'
import { pathOf } from '@/kit/field/path'
import { classes } from '@/shared/text'
import { AsPhone } from '@/shared/useMedia'
import type { Design } from './model'
import { useTried } from './useDesign'

const nothing = () => undefined

/** Test input that lives here only. */
function useTrial(description: Description | undefined) {
  const [edits, setEdits] = useState<Values>({})
  const editor = useMemo<Editor | null>(
    () =>
      description
        ? {
            description,
            doc: null,
            draft: undefined,
            edits,
            dirty: true,
            setField: (field: Field, value: unknown) => setEdits((before) => ({ ...before, [pathOf(field)]: value })),
            setLines: (name: string, change: (rows: LineEdit[]) => LineEdit[]) =>
              setEdits((before) => ({ ...before, [name]: change(rowsOf(null, before, name)) })),
            replace: nothing,
            discard: nothing,
          }
        : null,
    [description, edits],
  )
  return { edits, editor }
}

/** The form as it will be filled in, on a desk and on a phone, with what the server makes of the input. */
export function TryOut({ design, about }: { design: Design; about: Values }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const [phone, setPhone] = useState(false)
  const [description, setDescription] = useState<Description>()
  const { edits, editor } = useTrial(description)
  const { body, sent } = useMemo(() => (description ? outgoing(description, edits) : { body: {}, sent: {} }), [description, edits])
  const tried = useTried(design, about, body)
  if (tried?.description && JSON.stringify(tried.description) !== JSON.stringify(description)) setDescription(tried.description)
  const computed = tried?.computed ? computedFrom(tried.computed, sent) : null
  const told = (tried?.computed?._errors ?? []) as { path: string; detail: string }[]
  const errors = Object.keys(edits).length ? Object.fromEntries(told.map(({ path, detail }) => [path, detail])) : {}
  const print = async () => {
    try {
      const paper = await bytes('/api/v1/office/forms/try/print/', { ...about, design, values: body })
      window.open(URL.createObjectURL(paper), '_blank', 'noopener')
    } catch (error) {
      void message.error(problemOf(error).detail)
    }
  }
  if (tried && tried.errors.length > 0) return <Alert type="warning" showIcon title={t('office.mendFirst')} />
  if (!editor) return null
  return (
    <div className="tryout">
      <div className="tryout__bar">
        <Segmented
          value={phone}
          onChange={setPhone}
          data-testid="tryout-width"
          options={[
            { value: false, label: t('office.desktop') },
            { value: true, label: t('office.phone') },
          ]}
        />
        <Button icon={<PrinterOutlined />} onClick={() => void print()}>
          {t('office.printPreview')}
        </Button>
        <span className="soft">{t('office.tryHint')}</span>
      </div>
      <div className={classes('tryout__page', phone && 'is-phone')} data-testid="tryout">
        <AsPhone value={phone}>
          <Sections
            editor={editor}
            preview={{ computed, waiting: false }}
            editable
            errors={errors}
            clear={nothing}
            value={(name) => {
              const field = editor.description.fields[name]
              return field ? shownValue(field, null, edits, computed) : undefined
            }}
            side={null}
          >
            {null}
          </Sections>
        </AsPhone>
      </div>
    </div>
  )
}
