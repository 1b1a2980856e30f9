"""Names of companies and people that do not exist."""

from __future__ import annotations

import random
from collections.abc import Iterator

FIRST = "华宁 临江 东川 安岭 云澜 凌远 拓恒 瑞峰 启元 明辰 宏砺 博川 天衡 中砺 北辰 南屿 西岭 海拓 江沅 远铸 金砥 银峦 蓝湾 青屿 鼎岳 卓衡 嘉砺 晟铭 致衡 朗越".split()
SECOND = "科 达 盛 泰 源 驰 邦 腾 和 信".split()
CITIES = {
    "华东": "上海 苏州 无锡 杭州 宁波 南京 合肥 常州".split(),
    "华北": "北京 天津 石家庄 太原 济南 青岛 沈阳 大连".split(),
    "华南": "广州 深圳 佛山 东莞 厦门 福州 珠海".split(),
    "西南": "成都 重庆 昆明 贵阳 西安 绵阳".split(),
}
STREETS = "创新路 科技大道 工业二路 高新中路 兴业街 振兴路 远航路 学府路 开元大道 富强路".split()
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段钱汤尹黎易常武乔贺赖龚文"
GIVEN = "建国 志强 晓东 海燕 丽娟 伟 敏 静 磊 洋 艳 勇 军 杰 娟 涛 明 超 秀英 霞 平 刚 桂英 文 辉 玲 建华 玉兰 宇 浩然 梓涵 子轩 欣怡 佳琪 思远 俊杰 雅婷 晨曦 博文 雨桐".split()
JOBS = {"decider": ("总经理", "院长", "实验室主任"), "user": ("试验工程师", "工艺工程师", "设备科长"), "buyer": ("采购经理", "招标办主任"), "finance": ("财务主管", "会计")}


def companies(chance: random.Random, endings: list[str]) -> Iterator[tuple[str, str, str, str]]:
    """(name, short name, region, city) with the given kinds of endings, no name twice."""
    seen: set[str] = set()
    while True:
        region = chance.choice(list(CITIES))
        city, short = chance.choice(CITIES[region]), chance.choice(FIRST) + chance.choice(SECOND)
        ending = chance.choice(endings)
        if short + ending not in seen:
            seen.add(short + ending)
            yield f"{city}{short}{ending}", short, region, city


def person(chance: random.Random) -> str:
    return chance.choice(SURNAMES) + chance.choice(GIVEN)


def mobile(chance: random.Random) -> str:
    """In a range of numbers that no carrier gives out."""
    return f"100{chance.randint(0, 10**8 - 1):08d}"


def street(chance: random.Random, city: str) -> str:
    return f"{city}市{chance.choice(STREETS)} {chance.randint(1, 999)} 号"
