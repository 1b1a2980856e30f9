import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Doc, Values } from '@/api/types'

interface Authority {
  level: number
  name: string
  why: string[]
}

/** Whose agreement a contract or a change order needs before it goes on, and why; nothing where one's own authority is enough. */
function Needs({ authority }: { authority: Authority }) {
  const { t } = useTranslation()
  return (
    <Alert
      type="warning"
      showIcon
      data-testid="needs"
      title={t('contract.needs', { name: authority.name })}
      description={
        <ul>
          {authority.why.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
      }
    />
  )
}

export function needs(doc: Doc, computed: Values | null = null) {
  const told = (computed ?? doc)._authority as Authority | null | undefined
  return told ? <Needs authority={told} /> : null
}
