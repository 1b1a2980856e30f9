"""Which names are alike enough to ask: the same measure in memory and in PostgreSQL (spec 2.1)."""

from __future__ import annotations

import random

import pytest
from django.db import connection

from tenant_apps.partners import alike
from tenant_apps.partners.models.partner import domain_of, phone_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("上海申测仪器有限公司", "申测仪器（上海）股份公司"),
        ("申测仪器设备有限公司", "申测仪器"),
        ("苏州恒力精密机械有限公司", "江苏省恒力精密机械设备有限公司"),
        ("Ｂaosteel Europe GmbH", "BAOSTEEL  Europe Ltd."),
        ("华东理工大学材料学院", "华东理工大学材料科学学院"),
    ],
)
def test_these_are_a_question(one: str, other: str):
    assert alike.alike(one, other) >= alike.ENOUGH
    assert alike.Index([(7, alike.head_of(other))]).near(alike.head_of(one)) == [7]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("中铁一局", "中铁二局"),
        ("恒力液压有限公司", "恒力石化有限公司"),
        ("博川达汽车零部件有限公司", "博川信汽车零部件有限公司"),
        ("上海大学", "北京大学"),
        ("第3机床厂", "第8机床厂"),
    ],
)
def test_these_are_not(one: str, other: str):
    assert alike.alike(one, other) == 0


def test_the_measure_is_that_of_the_database(django_db_blocker, own_database):
    names = ["上海申测仪器有限公司", "申测仪器", "华东理工大学材料学院", "Baosteel Europe GmbH", "3M中国有限公司", "恒力"]
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for one in names:
            for other in names:
                mine, theirs = alike.key_of(one), alike.key_of(other)
                cursor.execute("SELECT similarity(%s, %s)", [mine, theirs])
                assert cursor.fetchone()[0] == pytest.approx(alike.similarity(mine, theirs), abs=1e-6), (one, other)


def test_the_index_in_memory_misses_nobody():
    chance = random.Random(11)
    heads = ["".join(chance.choice("abcdefghijklmnopqrst") for _ in range(chance.randint(3, 12))) for _ in range(150)]
    for head in heads[:100]:
        at = chance.randrange(len(head))
        heads += [head[:at] + "x" + head[at + 1 :], head[:at] + head[at + 1 :], f"{head}ab"]
    index = alike.Index(enumerate(heads))
    for head in heads[::3]:
        expected = {at for at, other in enumerate(heads) if alike.similarity(head, other) >= alike.ENOUGH}
        assert set(index.near(head)) == expected


def test_what_tells_a_company():
    assert phone_key("+86 (021) 5555-1234") == phone_key("021-55551234") == "02155551234"
    assert (phone_key("8001"), phone_key("138 0000 1111#204")) == ("", "13800001111")
    assert domain_of("https://www.Shence.com.cn/about") == domain_of("li@shence.com.cn") == "shence.com.cn"
    assert (domain_of("li@qq.com"), domain_of("nonsense")) == ("", "")
