import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { FormulaInput } from '@/kit/formula/FormulaInput'
import { byName } from '@/shared/pinyin'
import { AccountPart } from './AccountPart'
import { FieldSelect } from './FieldSelect'
import { Labelled } from './Labelled'
import { type DesignCheck, everyField, namesOf, said, setting } from './model'
import { Options } from './Options'
import type { Drawing } from './useDesign'

function Checks({ drawing: { design, set, errors } }: { drawing: Drawing }) {
  const { t } = useTranslation()
  const checks = design.checks ?? []
  const put = (next: DesignCheck[]) => set(setting(design, { checks: next.length ? next : undefined }))
  const change = (at: number, values: Partial<DesignCheck>) =>
    put(checks.map((one, position) => (position === at ? { ...one, ...values } : one)))
  return (
    <section className="rules__part">
      <h3>{t('office.checks')}</h3>
      <p className="soft">{t('office.checksHelp')}</p>
      {checks.map((check, at) => (
        <div className="rules__check" key={at}>
          <Labelled label={t('office.mustHold')}>
            {(id) => (
              <FormulaInput
                id={id}
                value={check.formula}
                names={namesOf(design, null)}
                problem={errors['']?.[`checks.${at}.formula`]}
                onChange={(formula) => change(at, { formula })}
              />
            )}
          </Labelled>
          <Labelled label={t('office.says')} problem={errors['']?.[`checks.${at}`]}>
            {(id) => <Input id={id} value={check.message} onChange={(event) => change(at, { message: event.target.value })} />}
          </Labelled>
          <Labelled label={`${t('office.says')} ${t('office.inEnglish')}`}>
            {(id) => <Input id={id} value={check.message_en ?? ''} onChange={(event) => change(at, { message_en: event.target.value })} />}
          </Labelled>
          <Labelled label={t('office.saidAt')}>
            {(id) => <FieldSelect id={id} design={design} value={check.field} onChange={(field) => change(at, { field })} />}
          </Labelled>
          <Button size="small" icon={<DeleteOutlined />} onClick={() => put(checks.toSpliced(at, 1))}>
            {t('office.removeCheck')}
          </Button>
        </div>
      ))}
      <Button icon={<PlusOutlined />} onClick={() => put([...checks, { formula: '', message: '' }])}>
        {t('office.addCheck')}
      </Button>
    </section>
  )
}

/** Rules of the form as a whole: what must hold, what is booked, how entries are told apart, how they are printed. */
export function FormSettings({ drawing }: { drawing: Drawing }) {
  const { t } = useTranslation()
  const { design, set, errors } = drawing
  const names = everyField(design).map((field) => ({ value: field.name, label: said(field) || field.name }))
  const numbers = (design.lines?.fields ?? []).filter((field) => ['money', 'decimal', 'int', 'computed'].includes(field.kind))
  const booking = design.booking ?? { what: '', from: '', until: '' }
  const book = (values: Partial<typeof booking>) => {
    const next = { ...booking, ...values }
    set(setting(design, { booking: next.what || next.from || next.until ? next : null }))
  }
  const print = design.print ?? {}
  return (
    <div className="rules">
      <section className="rules__part">
        <h3>{t('office.whole')}</h3>
        <div className="rules__grid">
          <Labelled label={t('office.titleFields')} problem={errors['']?.title}>
            {(id) => (
              <Select
                id={id}
                mode="multiple"
                showSearch={byName}
                value={design.title ?? []}
                options={names}
                onChange={(title) => set(setting(design, { title }))}
              />
            )}
          </Labelled>
          <Labelled label={t('office.total')} problem={errors['']?.total}>
            {(id) => (
              <FieldSelect
                id={id}
                design={design}
                kinds={['money']}
                value={design.total}
                onChange={(total) => set(setting(design, { total }))}
              />
            )}
          </Labelled>
          {design.lines && (
            <Labelled label={t('office.totals')} problem={errors['']?.['lines.totals']}>
              {(id) => (
                <Select
                  id={id}
                  mode="multiple"
                  showSearch={byName}
                  value={design.lines?.totals ?? []}
                  options={numbers.map((field) => ({ value: field.name, label: said(field) || field.name }))}
                  onChange={(totals) => set(setting(design, { lines: design.lines && { ...design.lines, totals } }))}
                />
              )}
            </Labelled>
          )}
        </div>
      </section>
      <Checks drawing={drawing} />
      <section className="rules__part">
        <h3>{t('office.booking')}</h3>
        <p className="soft">{t('office.bookingHelp')}</p>
        <div className="rules__grid">
          <Labelled label={t('office.booked')} problem={errors['']?.booking}>
            {(id) => (
              <FieldSelect
                id={id}
                design={design}
                kinds={['choice', 'ref', 'text']}
                value={booking.what}
                onChange={(what = '') => book({ what })}
              />
            )}
          </Labelled>
          <Labelled label={t('office.begins')}>
            {(id) => (
              <FieldSelect
                id={id}
                design={design}
                kinds={['date', 'datetime']}
                value={booking.from}
                onChange={(from = '') => book({ from })}
              />
            )}
          </Labelled>
          <Labelled label={t('office.ends')}>
            {(id) => (
              <FieldSelect
                id={id}
                design={design}
                kinds={['date', 'datetime']}
                value={booking.until}
                onChange={(until = '') => book({ until })}
              />
            )}
          </Labelled>
        </div>
      </section>
      <AccountPart drawing={drawing} />
      <section className="rules__part">
        <h3>{t('office.print')}</h3>
        <div className="rules__grid">
          <Labelled label={t('office.columns')} problem={errors['']?.['print.columns']}>
            {(id) => (
              <Select
                id={id}
                value={print.columns ?? 2}
                options={[1, 2, 3].map((value) => ({ value, label: String(value) }))}
                onChange={(columns) => set(setting(design, { print: { ...print, columns } }))}
              />
            )}
          </Labelled>
          <Labelled label={t('office.note')}>
            {(id) => (
              <Input
                id={id}
                value={print.note ?? ''}
                onChange={(event) => set(setting(design, { print: { ...print, note: event.target.value } }))}
              />
            )}
          </Labelled>
        </div>
        <Options
          title={t('office.signatures')}
          options={print.signatures ?? []}
          onChange={(signatures) => set(setting(design, { print: { ...print, signatures } }))}
        />
      </section>
    </div>
  )
}
