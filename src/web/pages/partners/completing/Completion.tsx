import { CameraOutlined, SearchOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Checkbox, Input, Modal } from 'antd'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get, post, problemOf } from '@/api/http'
import { queryString, useDescription } from '@/api/queries'
import type { Values } from '@/api/types'
import { linesSections } from '@/kit/document/model'
import type { InputProps } from '@/kit/field/overlays'
import { FILLS, type Found, type Offer, offersOf, PEOPLE, personOffers, valuesOf, withPeople } from './model'
import './completing.css'

interface Props {
  of: string
  now: (name: string) => unknown
  fill: (values: Values) => void
  lines?: InputProps['lines']
  onClose: () => void
}

interface Register {
  on: boolean
  reader: boolean
  rows: Found[]
}

const URL = '/api/v1/partners/completion/'

/** A form filled from what is known elsewhere: it shows what would be filled, and writes over nothing unless told to. */
export default function Completion({ of, now, fill, lines, onClose }: Props) {
  const { t } = useTranslation()
  const { data: description } = useDescription(of)
  const fills = FILLS[of] ?? {}
  const [text, setText] = useState('')
  const [offers, setOffers] = useState<Offer[] | null>(null)
  const [problem, setProblem] = useState('')
  const [busy, setBusy] = useState(false)
  const picture = useRef<HTMLInputElement>(null)
  const [asked, setAsked] = useState(fills.name?.[0] === 'company' ? String(now('name') ?? '') : '')
  const { data: register, error } = useQuery({
    queryKey: ['completion', asked],
    queryFn: () => get<Register>(`${URL}?${queryString({ q: asked })}`),
    placeholderData: (before) => before,
  })
  const people = lines?.(PEOPLE[of] ?? '')
  const offer = (found: Found) => setOffers([...offersOf(fills, found, now), ...personOffers(found, people?.rows)])
  const read = async (body: FormData | { text: string }) => {
    setBusy(true)
    setProblem('')
    try {
      offer(await post<Found>(URL, body))
    } catch (refusal) {
      setProblem(problemOf(refusal).detail)
    } finally {
      setBusy(false)
    }
  }
  const photographed = (file: File | undefined) => {
    if (!file) return
    const body = new FormData()
    body.append('card', file)
    void read(body)
  }
  const take = (chosen: Offer, taken: boolean) => setOffers((all) => all?.map((one) => (one === chosen ? { ...one, taken } : one)) ?? null)
  const called = ({ name, line }: Offer) => {
    if (line?.key === null) return t('partner.complete.person')
    const fields = line ? description && linesSections(description).find((one) => one.name === PEOPLE[of])?.fields : description?.fields
    return [line?.whose, fields?.[name]?.label ?? name].filter(Boolean).join(' · ')
  }
  const apply = () => {
    fill(valuesOf(offers ?? []))
    if (offers?.some((one) => one.taken && one.line)) people?.change((rows) => withPeople(rows, offers))
    onClose()
  }
  return (
    <Modal
      open
      title={t('partner.complete.title')}
      onCancel={onClose}
      data-testid="completion"
      okText={t('partner.complete.fill')}
      okButtonProps={{ disabled: !offers?.some((one) => one.taken) }}
      onOk={apply}
    >
      <div className="completing">
        {register?.on && (
          <section>
            <Input.Search
              defaultValue={asked}
              enterButton={<SearchOutlined />}
              placeholder={t('partner.complete.company')}
              aria-label={t('partner.complete.company')}
              onSearch={setAsked}
            />
            <ul>
              {register.rows.map((row) => (
                <li key={`${row.name}${row.tax_no}`}>
                  <button type="button" onClick={() => offer({ ...row, company: row.name, name: '' })}>
                    <b>{row.name}</b> <span className="soft">{[row.tax_no, row.address].filter(Boolean).join(' · ')}</span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        )}
        <Input.TextArea
          autoSize={{ minRows: 4, maxRows: 10 }}
          value={text}
          placeholder={t('partner.complete.paste')}
          aria-label={t('partner.complete.paste')}
          data-testid="pasted"
          onChange={(event) => setText(event.target.value)}
        />
        <div className="completing__row">
          <Button disabled={!text.trim()} loading={busy} onClick={() => void read({ text })} data-testid="apart">
            {t('partner.complete.apart')}
          </Button>
          {register?.reader && (
            <>
              <input ref={picture} type="file" accept="image/*" hidden onChange={(event) => photographed(event.target.files?.[0])} />
              <Button icon={<CameraOutlined />} loading={busy} onClick={() => picture.current?.click()}>
                {t('partner.complete.card')}
              </Button>
            </>
          )}
          {register && !register.on && !register.reader && <span className="soft">{t('partner.complete.off')}</span>}
        </div>
        {(problem || error) && <p className="field__error">{problem || problemOf(error).detail}</p>}
        {offers?.length === 0 && <p className="soft">{t('partner.complete.nothing')}</p>}
        {offers && offers.length > 0 && (
          <ul data-testid="offers">
            {offers.map((one) => (
              <li key={`${one.line?.whose ?? ''}${one.name}`}>
                <Checkbox checked={one.taken} onChange={(event) => take(one, event.target.checked)}>
                  <span className="soft">{called(one)}</span> {one.value}
                  {one.now && <del>{one.now}</del>}
                </Checkbox>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Modal>
  )
}
