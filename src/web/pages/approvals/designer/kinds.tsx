import {
  ApartmentOutlined,
  ApiOutlined,
  AuditOutlined,
  BranchesOutlined,
  CheckCircleOutlined,
  EditOutlined,
  ForkOutlined,
  FormOutlined,
  HourglassOutlined,
  NodeCollapseOutlined,
  PartitionOutlined,
  PlayCircleOutlined,
  SendOutlined,
} from '@ant-design/icons'
import type { ComponentType } from 'react'
import type { Kind } from './drawing'

const icons: Record<Kind, ComponentType<{ className?: string }>> = {
  start: PlayCircleOutlined,
  approve: AuditOutlined,
  handle: FormOutlined,
  copy: SendOutlined,
  condition: BranchesOutlined,
  parallel: ForkOutlined,
  inclusive: PartitionOutlined,
  join: NodeCollapseOutlined,
  subflow: ApartmentOutlined,
  wait: HourglassOutlined,
  set: EditOutlined,
  webhook: ApiOutlined,
  end: CheckCircleOutlined,
}

export function KindIcon({ kind, className }: { kind: Kind; className?: string }) {
  const Found = icons[kind] ?? AuditOutlined
  return <Found className={className} />
}
