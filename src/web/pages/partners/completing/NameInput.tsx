import { IdcardOutlined } from '@ant-design/icons'
import { Button, Input, Space, Tooltip } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { InputProps } from '@/kit/field/overlays'
import { ReadValue } from '@/kit/field/ReadValue'

const Completion = lazy(() => import('./Completion'))

/** A name with a button beside it that offers the rest: from a register, a photographed card or a pasted signature. */
function NameInput({ of, ...props }: InputProps & { of: string }) {
  const { field, value, onChange, id, invalid, context, fill, lines } = props
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  if (field.readonly) {
    return (
      <div className="field__value" id={id}>
        <ReadValue field={field} value={value} />
      </div>
    )
  }
  return (
    <>
      <Space.Compact block>
        <Input
          id={id}
          value={typeof value === 'string' ? value : ''}
          status={invalid ? 'error' : ''}
          onChange={(event) => onChange(event.target.value || null)}
        />
        {fill && (
          <Tooltip title={t('partner.complete.open')}>
            <Button
              icon={<IdcardOutlined />}
              aria-label={t('partner.complete.open')}
              data-testid="complete"
              onClick={() => setOpen(true)}
            />
          </Tooltip>
        )}
      </Space.Compact>
      {open && fill && context && (
        <Suspense>
          <Completion of={of} now={context} fill={fill} lines={lines} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}

export const OfPartner = (props: InputProps) => <NameInput of="partners.partner" {...props} />
export const OfContact = (props: InputProps) => <NameInput of="partners.contact" {...props} />
export const OfLead = (props: InputProps) => <NameInput of="crm.lead" {...props} />
