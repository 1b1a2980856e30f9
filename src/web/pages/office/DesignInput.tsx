import { Button, Drawer, Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { InputProps } from '@/kit/field/overlays'
import { useWide } from '@/shared/useMedia'
import { Canvas } from './Canvas'
import { FieldSettings } from './FieldSettings'
import { FormSettings } from './FormSettings'
import { everyField, fieldAt, said } from './model'
import { Palette } from './Palette'
import { Transfer } from './Transfer'
import { TryOut } from './TryOut'
import { useDesign } from './useDesign'
import './office.css'

type View = 'draw' | 'rules' | 'try'

/** The form designer: fields from a palette onto the page, their settings beside, rules, and trying it out. */
export default function DesignInput({ value, onChange, context, field }: InputProps) {
  const { t } = useTranslation()
  const wide = useWide()
  const [view, setView] = useState<View>('draw')
  const about = { key: context?.('key') ?? '', name: context?.('name') ?? '', name_en: context?.('name_en') ?? '' }
  const drawing = useDesign(value, onChange, about)
  const { design, chosen, choose, errors } = drawing
  const one = fieldAt(design, chosen)
  // an empty page says by itself what to do
  const loose = everyField(design).length ? Object.values(errors[''] ?? {}) : []
  const settings = one && chosen && <FieldSettings key={`${chosen.where}.${chosen.at}`} drawing={drawing} place={chosen} field={one} />
  return (
    <div className="designer" data-testid="designer">
      <div className="designer__bar">
        <Segmented
          value={view}
          onChange={setView}
          data-testid="designer-view"
          options={(['draw', 'rules', 'try'] as const).map((name) => ({ value: name, label: t(`office.view.${name}`) }))}
        />
        <Transfer drawing={drawing} about={about} readonly={!!field.readonly} />
      </div>
      {loose.length > 0 && (
        <ul className="designer__wrong" role="alert">
          {loose.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
      {view === 'draw' && (
        <div className="designer__desk">
          {!field.readonly && <Palette drawing={drawing} />}
          <Canvas drawing={drawing} />
          {wide && <aside className="designer__side">{settings || <p className="soft designer__hint">{t('office.chooseField')}</p>}</aside>}
        </div>
      )}
      {view === 'rules' && <FormSettings drawing={drawing} />}
      {view === 'try' && <TryOut design={design} about={about} />}
      {!wide && (
        <Drawer
          open={!!settings}
          onClose={() => choose(null)}
          title={(one && said(one)) || t('office.field')}
          placement="bottom"
          size="80%"
          extra={<Button onClick={() => choose(null)}>{t('close')}</Button>}
        >
          {settings}
        </Drawer>
      )}
    </div>
  )
}
