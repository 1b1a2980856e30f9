export const LEVELS = ['info', 'warning', 'critical'] as const
export type Level = (typeof LEVELS)[number]
export const LEVEL_COLOURS: Record<Level, string> = { info: 'blue', warning: 'orange', critical: 'red' }
