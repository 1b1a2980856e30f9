export { useKeys as useInboxKeys } from '@/shared/useKeys'
