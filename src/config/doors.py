"""Settings of the ways in: second factors, and the other services that know an account."""

import os

MFA_ADAPTER = "shared_apps.accounts.mfa.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Millwright"
MFA_TOTP_TOLERANCE = 1
SOCIALACCOUNT_ADAPTER = "shared_apps.accounts.outside.OutsideAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS = {
    name: {"APPS": [{"client_id": os.environ[f"{name.upper()}_ID"], "secret": os.environ.get(f"{name.upper()}_SECRET", "")}]}
    for name in ("weixin", "dingtalk", "wecom")
    if os.environ.get(f"{name.upper()}_ID")
}
OUTSIDE_SERVERS = {
    "weixin": {"authorize": "https://open.weixin.qq.com/connect/qrconnect", "api": "https://api.weixin.qq.com"},
    "dingtalk": {"authorize": "https://login.dingtalk.com/oauth2/auth", "api": "https://api.dingtalk.com"},
    "wecom": {"authorize": "https://login.work.weixin.qq.com/wwlogin/sso/login", "api": "https://qyapi.weixin.qq.com"},
}
