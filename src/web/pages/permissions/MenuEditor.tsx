import { ArrowDownOutlined, ArrowUpOutlined, EyeInvisibleOutlined, EyeOutlined } from '@ant-design/icons'
import { Button, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { MenuItem } from '@/api/menu'
import { ICONS, Icon } from '@/shared/Icon'
import { moved } from '@/shared/order'
import { byName } from '@/shared/pinyin'
import { classes } from '@/shared/text'
import { type Group, groupsOf, regrouped, toggled, toldOf } from './arrangement'
import type { EditorProps } from './ScreensInput'

interface MoveProps {
  name: string
  first: boolean
  last: boolean
  move: (by: number) => void
}

function Moves({ name, first, last, move }: MoveProps) {
  const { t } = useTranslation()
  return (
    <>
      <Button
        type="text"
        size="small"
        icon={<ArrowUpOutlined />}
        disabled={first}
        aria-label={t('permission.up', { name })}
        onClick={() => move(-1)}
      />
      <Button
        type="text"
        size="small"
        icon={<ArrowDownOutlined />}
        disabled={last}
        aria-label={t('permission.down', { name })}
        onClick={() => move(1)}
      />
    </>
  )
}

interface GroupProps {
  group: Group
  at: number
  groups: Group[]
  hidden: Set<string>
  readonly: boolean
  put: (groups: Group[]) => void
  hide: (name: string) => void
}

function Entry({ item, place, group, at, groups, hidden, readonly, put, hide }: GroupProps & { item: MenuItem; place: number }) {
  const { t } = useTranslation()
  const away = hidden.has(item.key)
  return (
    <li className={classes(away && 'is-hidden')}>
      <span>{item.label}</span>
      {!readonly && (
        <span className="menuedit__tools">
          <Select
            size="small"
            variant="borderless"
            popupMatchSelectWidth={false}
            aria-label={t('permission.moveTo', { name: item.label })}
            showSearch={byName}
            value={group.key}
            options={groups.map(({ key, label }) => ({ value: key, label }))}
            onChange={(to) => put(regrouped(groups, group.key, item, to))}
          />
          <Moves
            name={item.label}
            first={place === 0}
            last={place === group.items.length - 1}
            move={(by) => put(groups.map((one, n) => (n === at ? { ...one, items: moved(one.items, place, by) } : one)))}
          />
          <Button
            type="text"
            size="small"
            icon={away ? <EyeInvisibleOutlined /> : <EyeOutlined />}
            aria-label={t(away ? 'permission.show' : 'permission.hide', { name: item.label })}
            onClick={() => hide(item.key)}
          />
        </span>
      )}
    </li>
  )
}

function GroupCard(props: GroupProps) {
  const { t } = useTranslation()
  const { group, at, groups, readonly, put } = props
  const set = (values: Partial<Group>) => put(groups.map((one, n) => (n === at ? { ...one, ...values } : one)))
  return (
    <section className="menuedit__group">
      <header>
        <Select
          size="small"
          disabled={readonly}
          aria-label={t('permission.icon', { name: group.label })}
          value={group.icon}
          popupMatchSelectWidth={false}
          options={[...new Set([group.icon, ...ICONS])].map((name) => ({ value: name, label: <Icon name={name} /> }))}
          onChange={(icon) => set({ icon })}
        />
        <Input
          size="small"
          disabled={readonly}
          maxLength={20}
          aria-label={t('permission.groupName', { name: group.label })}
          value={group.label}
          onChange={(event) => set({ label: event.target.value })}
        />
        {!readonly && (
          <Moves name={group.label} first={at === 0} last={at === groups.length - 1} move={(by) => put(moved(groups, at, by))} />
        )}
      </header>
      <ul>
        {group.items.map((item, place) => (
          <Entry key={item.key} {...props} item={item} place={place} />
        ))}
      </ul>
    </section>
  )
}

/** Groups of the menu: their order, names and pictures; their entries: where, in which order, and which are left out. */
export function MenuEditor({ catalogue, screens, readonly, change }: EditorProps) {
  const { t } = useTranslation()
  const groups = groupsOf(catalogue.menu, screens)
  const put = (next: Group[]) => change({ ...screens, menu: toldOf(next, catalogue.menu) ?? [] })
  const hide = (name: string) => change({ ...screens, hidden: toggled(screens.hidden, name) })
  const { menu: _menu, hidden: _hidden, ...rest } = screens
  return (
    <>
      <div className="menuedit">
        {groups.map((group, at) => (
          <GroupCard key={group.key} {...{ group, at, groups, readonly, put, hide }} hidden={new Set(screens.hidden)} />
        ))}
      </div>
      {!readonly && (screens.menu || screens.hidden) && (
        <Button size="small" onClick={() => change(rest)}>
          {t('permission.usualMenu')}
        </Button>
      )}
    </>
  )
}
