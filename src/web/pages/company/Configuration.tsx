import { DownloadOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { post } from '@/api/http'
import { useMeta } from '@/api/queries'
import type { Id } from '@/api/types'
import { Part } from '@/kit/sheet/Sheet'
import { Differences } from './Differences'
import { sent } from './model'
import { useWork } from './useWork'

const ADDRESS = '/api/v1/configuration/'

/** Roles, fields, numbering, forms and flows as a file: kept, sent, and read into another company after a look at what would change. */
export function Configuration() {
  const { t } = useTranslation()
  const { company } = useMeta()
  const { busy, work } = useWork()
  const [file, setFile] = useState<Id | null>(null)
  const input = useRef<HTMLInputElement>(null)
  const choose = async (chosen: File | undefined) => {
    if (chosen) setFile(await sent(chosen, 'application/json'))
    if (input.current) input.current.value = ''
  }
  return (
    <Part title={t('company.configuration')} text={t('company.configurationText')}>
      <div className="part__line">
        <Button icon={<DownloadOutlined />} href={ADDRESS} download data-testid="configuration-save">
          {t('company.configurationSave')}
        </Button>
        <input ref={input} type="file" accept=".json" hidden onChange={(event) => void work(() => choose(event.target.files?.[0]))} />
        <Button loading={busy} disabled={company.read_only} onClick={() => input.current?.click()} data-testid="configuration-read">
          {t('company.configurationRead')}
        </Button>
      </div>
      {file !== null && (
        <Differences
          title={t('company.configurationCompare')}
          name={file}
          load={() => post(`${ADDRESS}compare/`, { file })}
          carry={(digest) => post(ADDRESS, { file, digest })}
          onClose={() => setFile(null)}
        />
      )}
    </Part>
  )
}
