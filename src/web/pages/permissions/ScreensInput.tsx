import { Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemOf } from '@/api/http'
import type { InputProps } from '@/kit/field/overlays'
import { Trouble } from '@/shared/Trouble'
import { Waiting } from '@/shared/Waiting'
import { type Arrangement, type Catalogue, useCatalogue } from './catalogue'
import { FormsEditor } from './FormsEditor'
import { ListsEditor } from './ListsEditor'
import { MenuEditor } from './MenuEditor'
import { Switches } from './Switches'
import './arranging.css'

export interface EditorProps {
  catalogue: Catalogue
  screens: Arrangement
  readonly: boolean
  change: (next: Arrangement) => void
}

const EDITORS = { off: Switches, menu: MenuEditor, lists: ListsEditor, forms: FormsEditor }
type Which = keyof typeof EDITORS

/** What a role's people have on their screens: apps and screens switched on, the menu, how lists begin. */
export default function ScreensInput({ field, value, onChange }: InputProps) {
  const { t } = useTranslation()
  const { data, error } = useCatalogue()
  const [which, setWhich] = useState<Which>('off')
  if (error) return <Trouble title={problemOf(error).detail} />
  if (!data) return <Waiting />
  const Editor = EDITORS[which]
  return (
    <div className="arranging">
      <Segmented
        value={which}
        onChange={setWhich}
        options={(Object.keys(EDITORS) as Which[]).map((name) => ({ value: name, label: t(`permission.part.${name}`) }))}
      />
      <p className="soft">{t(`permission.help.${which}`)}</p>
      <Editor catalogue={data} screens={(value ?? {}) as Arrangement} readonly={!!field.readonly} change={onChange} />
    </div>
  )
}
