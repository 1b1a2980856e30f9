import i18n from 'i18next'
import { formatList } from '@/shared/format'
import type { Design } from './design'
import type { FlowNode, Kind, Who } from './drawing'

export const kindName = (kind: Kind) => i18n.t(`designer.kind.${kind}`)

type Known = Pick<Design, 'names' | 'fieldLabel'>

const idsOf = (value: unknown): unknown[] =>
  Array.isArray(value) ? value : value === undefined || value === null || value === '' ? [] : [value]

/** What sources name things by, and where those things are found. */
export const SOURCES: Record<string, { detail?: string; resource?: string }> = {
  superior: { detail: 'level' },
  superiors: { detail: 'level' },
  top: {},
  head: { detail: 'field' },
  person: { detail: 'members', resource: 'organization.member' },
  role: { detail: 'role', resource: 'organization.role' },
  position: { detail: 'position', resource: 'organization.position' },
  limit: { detail: 'what' },
  linked_owner: { detail: 'field' },
  field: { detail: 'field' },
  chosen: {},
  chosen_by_previous: {},
  expression: { detail: 'formula' },
  initiator: {},
}

/** Whom a source asks, in a few words. */
export function tellSource(who: Who, { names, fieldLabel }: Known): string {
  const { detail = '', resource } = SOURCES[who.source] ?? {}
  const given = who[detail]
  if (resource) {
    const what = formatList(idsOf(given).map((id) => names(resource, id)))
    return what ? i18n.t(`designer.tell.${who.source}`, { what }) : i18n.t(`designer.source.${who.source}`)
  }
  if (detail === 'level' && Number(given ?? 1) === 1) return i18n.t('designer.tell.direct')
  if (detail === 'level') return i18n.t(`designer.tell.${who.source}`, { count: Number(given ?? 1) })
  if (detail === 'what' && Array.isArray(given) && given.length)
    return i18n.t('designer.tell.limit', { what: formatList(given.map((one) => i18n.t(`limits.${one}`))) })
  if (detail === 'field' && given) return i18n.t(`designer.tell.${who.source}`, { what: fieldLabel(String(given)) })
  return i18n.t(`designer.source.${who.source}`)
}

export const tellWho = (who: Who[] | undefined, known: Known) => formatList((who ?? []).map((one) => tellSource(one, known)))

/** What a node does, under its name. */
export function tellNode(node: FlowNode, known: Known): string {
  if (node.kind === 'wait') return String(node.event ?? '')
  if (node.kind === 'webhook') return known.names('kernel.webhook', node.webhook)
  if (node.kind === 'set') return formatList(Object.keys((node.values ?? {}) as object).map((name) => known.fieldLabel(name)))
  if (node.kind === 'subflow') return known.names('approvals.flow', node.flow)
  return tellWho(node.who, known)
}
