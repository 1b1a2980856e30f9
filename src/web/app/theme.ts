import type { ThemeConfig } from 'antd'

/** antd's look is derived from the same custom properties as our own stylesheets. */
export function themeFromStyles(): ThemeConfig {
  const style = getComputedStyle(document.documentElement)
  const css = (name: string) => style.getPropertyValue(`--${name}`).trim()
  const size = (name: string) => Number.parseFloat(css(name))
  return {
    token: {
      colorPrimary: css('brand'),
      colorInfo: css('brand'),
      colorLink: css('brand'),
      colorSuccess: css('success'),
      colorSuccessBg: css('success-soft'),
      colorSuccessBorder: css('success-line'),
      colorWarning: css('warning-fill'),
      colorWarningBg: css('warning-soft'),
      colorWarningBorder: css('warning-line'),
      colorError: css('danger'),
      colorErrorBg: css('danger-soft'),
      colorErrorBorder: css('danger-line'),
      colorText: css('ink'),
      colorTextSecondary: css('ink-2'),
      colorTextTertiary: css('ink-3'),
      colorTextPlaceholder: css('ink-3'),
      colorTextDescription: css('ink-3'),
      colorBorder: css('line-strong'),
      colorBorderSecondary: css('line'),
      colorBgLayout: css('canvas'),
      borderRadius: size('radius'),
      borderRadiusLG: size('radius-l'),
      fontSize: size('text'),
      fontFamily: css('font'),
      motionDurationFast: css('motion-fast'),
      motionDurationMid: css('motion-mid'),
      motionDurationSlow: css('motion-slow'),
    },
    components: { Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' }, Tabs: { horizontalMargin: '0 0 12px' } },
  }
}
