"""What the hardest row scope costs: a rule, subordinates and masks together, against a list that is not limited at all."""

from __future__ import annotations

from tests.bench import timing
from tests.bench.client import Browser
from tests.bench.servers import PASSWORD, Site

LIST = "/sales/orders/?sort=-order_date&limit=50"
BELOW, COUNT = 5, 200
GRANTS = {"sales.order": {"read": ["subordinates", "team", "rule: total > 900000 and state = 'released'"]}}
MASKS = {"sales.order": {"total": "hide", "cost": "hide", "margin": "hide", "title": "middle"}}


def ratio(site: Site, admin: Browser, slug: str) -> float:
    """The median of the limited list ÷ that of the unlimited one, asked in turn."""
    lead = leader(site, admin, slug)
    assert 0 < len(lead.get(LIST)["rows"]) <= 50
    free: list[float] = []
    held: list[float] = []
    for _round in range(4):
        free += timing.times(lambda _number: admin.get(LIST), COUNT // 4)
        held += timing.times(lambda _number: lead.get(LIST), COUNT // 4)
    return timing.middle(held) / timing.middle(free)


def leader(site: Site, admin: Browser, slug: str) -> Browser:
    """Somebody with people below them, a role of all three kinds, and a row shared with somebody else, logged in."""
    role = admin.post("/organization/roles/", {"name": "Hardest", "grants": GRANTS, "masks": MASKS})["id"]
    unit = admin.get("/organization/units/?limit=1")["rows"][0]["id"]
    top = admin.post("/organization/positions/", {"name": "Lead", "department": unit})["id"]
    post = admin.post("/organization/positions/", {"name": "Rep", "department": unit, "reports_to": top})["id"]
    for number in range(BELOW):
        colleague = {"name": f"Rep {number}", "email": f"rep{number}@{slug}.example.com", "department": unit, "position": post}
        admin.post("/organization/members/", colleague)
    order = admin.get("/sales/orders/?limit=1")["rows"][0]["id"]
    admin.post(f"/sales/orders/{order}/shares/", {"unit": unit, "team": True})
    email = f"{slug}-lead@example.com"
    site.sign_up(f"{slug}-lead")
    values = {"name": "Lead", "email": email, "department": unit, "position": top, "roles": [role]}
    member = admin.post("/organization/members/", values)["id"]
    with site.database() as database:
        account = database.execute("SELECT id FROM public.accounts_user WHERE email = %s", [email]).fetchone()
        assert account is not None
        joined = f"UPDATE {site.schema(slug)}.organization_member SET account = %s, state = 'active' WHERE id = %s"
        database.execute(joined, [account[0], member])
    return Browser(admin.port, admin.host).log_in(email, PASSWORD)
