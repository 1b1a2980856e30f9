import {
  AlignLeftOutlined,
  ApartmentOutlined,
  CalendarOutlined,
  CheckSquareOutlined,
  ClockCircleOutlined,
  DownCircleOutlined,
  FieldNumberOutlined,
  FontSizeOutlined,
  FunctionOutlined,
  LinkOutlined,
  NumberOutlined,
  PaperClipOutlined,
  PayCircleOutlined,
  SwitcherOutlined,
  UserOutlined,
} from '@ant-design/icons'
import type { ComponentType } from 'react'

const icons: Record<string, ComponentType> = {
  text: FontSizeOutlined,
  long: AlignLeftOutlined,
  int: NumberOutlined,
  decimal: FieldNumberOutlined,
  money: PayCircleOutlined,
  date: CalendarOutlined,
  datetime: ClockCircleOutlined,
  bool: SwitcherOutlined,
  choice: DownCircleOutlined,
  choices: CheckSquareOutlined,
  member: UserOutlined,
  unit: ApartmentOutlined,
  ref: LinkOutlined,
  file: PaperClipOutlined,
  computed: FunctionOutlined,
}

export function KindIcon({ kind }: { kind: string }) {
  const Kind = icons[kind] ?? FontSizeOutlined
  return <Kind />
}
