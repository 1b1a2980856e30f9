import { App, Button, Segmented, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { patch, problemOf } from '@/api/http'
import { queryClient, refreshAll, useMeta } from '@/api/queries'
import { byName } from '@/shared/pinyin'
import { Trouble } from '@/shared/Trouble'
import { Waiting } from '@/shared/Waiting'
import { type Arrangement, type Catalogue, ROLE, type RoleRow, useCatalogue, useRoles } from './catalogue'
import { FormsEditor } from './FormsEditor'
import { ListsEditor } from './ListsEditor'
import { MenuEditor } from './MenuEditor'
import './arranging.css'
import './permissions.css'

const EDITORS = { menu: MenuEditor, lists: ListsEditor, forms: FormsEditor }
type Which = keyof typeof EDITORS

function Editor({ role, url, catalogue, readonly }: { role: RoleRow; url: string; catalogue: Catalogue; readonly: boolean }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const [which, setWhich] = useState<Which>('menu')
  const [edited, setEdited] = useState<Arrangement | null>(null)
  const [busy, setBusy] = useState(false)
  const Part = EDITORS[which]
  const save = async () => {
    setBusy(true)
    try {
      await patch(`${url}${role.id}/`, { version: role.version, screens: edited })
      await Promise.all([refreshAll(), queryClient.invalidateQueries({ queryKey: ['meta'] })])
      setEdited(null)
      void message.success(t('document.saved'))
    } catch (error) {
      void message.error(problemOf(error).detail)
    } finally {
      setBusy(false)
    }
  }
  return (
    <section className="panel arranging">
      <div className="permissions__tools">
        <Segmented
          value={which}
          onChange={setWhich}
          options={(Object.keys(EDITORS) as Which[]).map((name) => ({ value: name, label: t(`permission.part.${name}`) }))}
        />
        {edited && <Button onClick={() => setEdited(null)}>{t('document.discard')}</Button>}
        {edited && (
          <Button type="primary" loading={busy} data-testid="save-menu" onClick={() => void save()}>
            {t('document.save')}
          </Button>
        )}
      </div>
      <p className="soft">{t(`permission.help.${which}`)}</p>
      <Part catalogue={catalogue} screens={edited ?? role.screens} readonly={readonly} change={setEdited} />
    </section>
  )
}

/** 界面组管理: the menu and the lists of each role. */
export default function MenusPage() {
  const { t } = useTranslation()
  const { resources } = useMeta()
  const url = resources[ROLE]?.url
  const catalogue = useCatalogue()
  const roles = useRoles(url)
  const [chosen, setChosen] = useState<string>()
  const error = catalogue.error ?? roles.error
  if (error || !url) return <Trouble title={error ? problemOf(error).detail : t('trouble.not_found')} />
  if (!catalogue.data || !roles.data) return <Waiting />
  const role = roles.data.find(({ id }) => String(id) === chosen) ?? roles.data[0]
  return (
    <div className="permissions">
      <h1>{t('page.menus')}</h1>
      <div className="permissions__tools">
        <Select
          aria-label={t('permission.role')}
          data-testid="menu-role"
          showSearch={byName}
          value={role && String(role.id)}
          options={roles.data.map(({ id, name }) => ({ value: String(id), label: name }))}
          onChange={setChosen}
        />
      </div>
      {role && (
        <Editor
          key={`${role.id} ${role.version}`}
          role={role}
          url={url}
          catalogue={catalogue.data}
          readonly={!resources[ROLE]?.can.change}
        />
      )}
    </div>
  )
}
