import { DeleteOutlined, DownOutlined, EllipsisOutlined } from '@ant-design/icons'
import { App, Button, Dropdown, Space } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMeta } from '@/api/queries'
import type { ActionMeta, Doc } from '@/api/types'
import { Tag } from '@/shared/Tag'
import { usePhone } from '@/shared/useMedia'
import { VerbButton } from '@/shared/VerbButton'
import { listUrl } from '@/workspace/route'
import { TabLink } from '@/workspace/TabLink'
import { printing } from './bespoke'
import { printItems } from './prints'
import { Ribbon } from './Ribbon'
import type { Commands } from './useCommands'
import type { Editor } from './useEditor'

interface Props {
  editor: Editor
  title: string
  editable: boolean
  commands: Commands
  onAction: (action: ActionMeta) => void
  extra?: ReactNode
  /** What somebody may decide about it now. */
  decide?: ReactNode
}

const SHOWN = 3

/** Primary verbs first, dangerous ones last; behind them what is not possible just now. */
export function verbsOf({ actions }: Editor['description'], doc: Doc | null): ActionMeta[] {
  const rank = { primary: 0, default: 1, danger: 2 }
  const ordered = (verbs: string[]) => verbs.flatMap((verb) => actions[verb] ?? []).sort((a, b) => rank[a.style] - rank[b.style])
  return [...ordered(doc?._actions ?? []), ...ordered(Object.keys(doc?._blocked ?? {}))]
}

function SaveButton({ editor, commands }: Pick<Props, 'editor' | 'commands'>) {
  const { t } = useTranslation()
  const { description, doc } = editor
  const first = description.states[0]?.value ?? ''
  const then = doc
    ? []
    : Object.values(description.actions).filter(
        (action) => action.when.includes(first) && action.params.length === 0 && action.style !== 'danger',
      )
  const save = (
    <Button
      type="primary"
      data-testid="save"
      loading={commands.busy === 'save'}
      disabled={!!commands.busy && commands.busy !== 'save'}
      onClick={() => void commands.save()}
    >
      {t('document.save')}
    </Button>
  )
  if (then.length === 0) return save
  const items = then.map((action) => ({
    key: action.verb,
    label: t('document.saveAnd', { action: action.label }),
    onClick: () => void commands.save(action.verb),
  }))
  return (
    <Space.Compact>
      {save}
      <Dropdown menu={{ items }} trigger={['click']} placement="bottomRight">
        <Button type="primary" icon={<DownOutlined />} aria-label={t('document.saveMore')} data-testid="save-more" />
      </Dropdown>
    </Space.Compact>
  )
}

function MoreMenu({ editor, commands, rest, onAction }: Pick<Props, 'editor' | 'commands' | 'onAction'> & { rest: ActionMeta[] }) {
  const { t } = useTranslation()
  const { modal, message } = App.useApp()
  const [choosing, setChoosing] = useState(false)
  const { Dialog } = printing
  const { description, doc } = editor
  if (!doc) return null
  const blocked = doc._blocked ?? {}
  const remove = async () => {
    const sure = await modal.confirm({
      title: t('document.deleteSure', { name: doc._label }),
      okText: t('document.delete'),
      okButtonProps: { danger: true },
    })
    if (sure) await commands.remove(doc.id)
  }
  const items = [
    ...rest.map((action) => ({
      key: action.verb,
      label: (
        <span data-testid={`action-${action.verb}`} className={blocked[action.verb] && 'is-blocked'} title={blocked[action.verb]}>
          {action.label}
        </span>
      ),
      danger: action.style === 'danger',
      onClick: () => (blocked[action.verb] ? void message.info(blocked[action.verb]) : onAction(action)),
    })),
    ...printItems(description, doc, t, () => setChoosing(true)),
    ...(doc._can?.delete
      ? [{ key: 'delete', icon: <DeleteOutlined />, danger: true, label: t('document.delete'), onClick: () => void remove() }]
      : []),
  ]
  if (items.length === 0) return null
  return (
    <>
      <Dropdown menu={{ items }} trigger={['click']} placement="bottomRight">
        <Button icon={<EllipsisOutlined />} aria-label={t('document.more')} data-testid="more" />
      </Dropdown>
      {choosing && Dialog && <Dialog description={description} doc={doc} onClose={() => setChoosing(false)} />}
    </>
  )
}

export function DocumentHead({ editor, title, editable, commands, onAction, extra, decide }: Props) {
  const { t } = useTranslation()
  const { resources } = useMeta()
  const phone = usePhone()
  const { description, doc, dirty, discard } = editor
  const state = description.states.find((option) => option.value === doc?.state)
  const verbs = verbsOf(description, doc)
  const shown = verbs.slice(0, phone ? 1 : SHOWN)
  const canSave = editable && (dirty || !doc)
  return (
    <header className="document__head">
      <div className="document__name">
        <TabLink to={listUrl(description.key)} className="document__kind">
          {resources[description.key]?.plural}
        </TabLink>
        <h1>
          {title}
          {state && <Tag color={state.color}>{state.label}</Tag>}
        </h1>
      </div>
      {extra}
      {doc && !phone && !extra && <Ribbon description={description} state={String(doc.state ?? '')} />}
      <div className="document__tools">
        {dirty && (
          <span className="document__unsaved">
            <i className="dot" />
            {t('document.unsaved')}
          </span>
        )}
        {dirty && doc && (
          <Button disabled={!!commands.busy} onClick={discard}>
            {t('document.discard')}
          </Button>
        )}
        {shown.map((action, at) => (
          <VerbButton
            key={action.verb}
            blocked={doc?._blocked?.[action.verb]}
            data-testid={`action-${action.verb}`}
            type={at === 0 && action.style === 'primary' && !canSave ? 'primary' : 'default'}
            danger={action.style === 'danger'}
            title={action.help}
            loading={commands.busy === action.verb}
            disabled={!!commands.busy && commands.busy !== action.verb}
            onClick={() => onAction(action)}
          >
            {action.label}
          </VerbButton>
        ))}
        {decide}
        {canSave && <SaveButton editor={editor} commands={commands} />}
        <MoreMenu editor={editor} commands={commands} rest={verbs.slice(shown.length)} onAction={onAction} />
      </div>
    </header>
  )
}
