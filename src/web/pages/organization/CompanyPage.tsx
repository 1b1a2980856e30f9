import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { del, upload } from '@/api/http'
import type { Doc } from '@/api/types'
import { DocumentView } from '@/kit/document/DocumentPage'
import { useChange } from '@/kit/useChange'
import './seal.css'

/** The picture as an address of the page's own, or nothing when there is no seal; `null` for whoever may not set it. */
async function picture(url: string): Promise<string | null> {
  const answer = await fetch(url, { credentials: 'same-origin' })
  if (answer.status === 404) return ''
  return answer.ok ? URL.createObjectURL(await answer.blob()) : null
}

/** The company's seal: set, looked at and taken away by whoever may. */
function SealPanel({ doc }: { doc: Doc }) {
  const { t } = useTranslation()
  const input = useRef<HTMLInputElement>(null)
  const { busy, change } = useChange()
  const url = `/api/v1/organization/companies/${doc.id}/seal/`
  const { data } = useQuery({ queryKey: ['seal', doc.id], queryFn: () => picture(url), staleTime: 600_000 })
  if (data === undefined || data === null) return null
  const send = (file: File | undefined) => {
    if (file) void change(() => upload({ method: 'PUT', url, headers: { 'Content-Type': 'image/png' } }, file))
  }
  return (
    <section className="panel sealpanel" data-testid="seal">
      {data && <img src={data} alt={t('seal.title')} />}
      <div className="sealpanel__text">
        <b>{t('seal.title')}</b>
        <span className="soft">{t('seal.help')}</span>
      </div>
      <input
        ref={input}
        type="file"
        accept="image/png"
        hidden
        data-testid="seal-file"
        onChange={(event) => {
          send(event.target.files?.[0])
          event.target.value = ''
        }}
      />
      <Button loading={busy} onClick={() => input.current?.click()}>
        {t(data ? 'seal.replace' : 'seal.upload')}
      </Button>
      {data && (
        <Button danger onClick={() => void change(() => del(url))}>
          {t('seal.remove')}
        </Button>
      )}
    </section>
  )
}

/** 公司: the generated form with the company's seal above it. */
export default function CompanyPage() {
  return <DocumentView above={(company) => <SealPanel doc={company} />} />
}
