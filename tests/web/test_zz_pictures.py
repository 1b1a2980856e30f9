import os
from playwright.sync_api import expect
from tests.billing.stripe_server import StripeServer
from tests.billing.stripe_server.server import KEY, SECRET
S = StripeServer().__enter__()
os.environ |= {"STRIPE_API_BASE": S.address, "STRIPE_SECRET_KEY": KEY, "STRIPE_WEBHOOK_SECRET": SECRET, "BILLING_BANK_NAME": "匠程软件（上海）有限公司", "BILLING_BANK_BANK": "招商银行上海张江支行", "BILLING_BANK_ACCOUNT": "1219 0888 6610 501"}
from tests.api import Api
import shutil
from tests import trade
def test_pictures(device, founded):
    from shared_apps.billing import operators, measuring
    from tenants.lifecycle import By
    from tenants.context import tenant_context
    from decimal import Decimal
    from django.utils import timezone
    api = Api.of_owner(founded(language="zh-hans", name="申测仪器"))
    for _ in range(3):
        one=api.post("/billing/order/", {"plan":"team","period":"month","seats":16,"method":"bank_transfer"})
    p=[r for r in api.get("/billing/invoices/")["rows"] if r["id"]==one["invoice"]][0]
    operators.confirm_transfer(p["number"], Decimal(p["total"]), "x1","x",by=By("Li",7),received=timezone.now())
    api.post("/billing/order/", {"plan":"team","period":"month","seats":20,"method":"bank_transfer"})
    api.put("/billing/title/", {"title":"申测仪器有限公司","kind":"special","tax_number":"91310000MA1FL0XX1X"},200)
    for lang, tag in (("zh-CN","zh"),("en-US","en")):
        api.put("/me/settings/language/", {"value": "zh-hans" if tag=="zh" else "en"})
        for phone in (False, True):
            person = device(api, phone=phone, language=lang)
            person.go("/w/page/subscription")
            expect(person.see("title")).to_be_visible()
            person.page.wait_for_timeout(1500)
            n=f"/tmp/billing-pic-{tag}-{'phone' if phone else 'desk'}"
            person.page.screenshot(path=n+".png")
            person.see("order").click()
            expect(person.page.get_by_test_id("now")).to_be_visible()
            person.page.wait_for_timeout(800)
            person.page.screenshot(path=n+"-order.png")
            if phone:
                person.page.keyboard.press("Escape"); person.page.wait_for_timeout(500)
                person.page.locator("main, .pane").last.evaluate("e=>{for(const x of document.querySelectorAll('*')) if(x.scrollHeight>x.clientHeight+200 && getComputedStyle(x).overflowY!='visible') x.scrollTop=700}")
                person.page.wait_for_timeout(300)
                person.page.screenshot(path=n+"-2.png")
