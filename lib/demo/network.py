"""The made-up dealership itself: its network, people and cars. Every name is invented."""

from dataclasses import dataclass

from db.terms import ChannelKind, Fuel, Role

K, R = ChannelKind, Role


@dataclass(frozen=True)
class Node:
    """A channel and how many leads a day it meets on average; `quiet` days have gone by without any record."""

    code: str
    name: str
    kind: ChannelKind
    parent: str | None
    daily: float
    territory: str | None = None
    equity: str | None = None
    quiet: int = 0


@dataclass(frozen=True)
class Person:
    """Who works there; `skill` scales how often a consultant sells."""

    username: str
    name: str
    role: Role
    home: str
    skill: float = 1.0
    active: bool = True


@dataclass(frozen=True)
class Model:
    """A model on sale; `wish` is how often it is wanted."""

    name: str
    series: str
    price: int
    fuel: Fuel
    wish: int
    displacement: str | None = None


DISTRICTS = ("东湖区", "南岭区", "临江区", "青石县", "河口县", "白鹭镇")

NODES = (
    Node("DH", "云帆东湖店", K.STORE, None, 7.5, "东湖区、临江区、青石县、白鹭镇、河口县"),
    Node("DH-C1", "东湖北区分销中心", K.DISTRIBUTION_CENTRE, "DH", 1.3, "临江区", "0.51"),
    Node("DH-C1-A1", "临江片区代理", K.AREA_AGENT, "DH-C1", 0.9, "临江区"),
    Node("DH-C1-A2", "青石片区代理", K.AREA_AGENT, "DH-C1", 0.7, "青石县"),
    Node("DH-C2", "东湖南区分销中心", K.DISTRIBUTION_CENTRE, "DH", 1.0, "白鹭镇", "0.40"),
    Node("DH-C2-A1", "白鹭片区代理", K.AREA_AGENT, "DH-C2", 0.6, "白鹭镇"),
    Node("DH-R1", "西部大区总代理", K.REGIONAL_AGENT, "DH", 0.5, "河口县"),
    Node("DH-R1-A1", "河口片区代理", K.AREA_AGENT, "DH-R1", 0.6, "河口县"),
    Node("DH-R1-A1-T1", "河口诚行车行", K.TERMINAL_DEALER, "DH-R1-A1", 0.5, "河口县"),
    Node("DH-R1-A1-T2", "河口远山车行", K.TERMINAL_DEALER, "DH-R1-A1", 0.4, "河口县", quiet=9),
    Node("DH-X1", "城西云帆专卖店", K.EXCLUSIVE_STORE, "DH", 1.2, "东湖区"),
    Node("NL", "云帆南岭店", K.STORE, None, 4.6, "南岭区、青石县"),
    Node("NL-C1", "南岭东区分销中心", K.DISTRIBUTION_CENTRE, "NL", 0.9, "南岭区", "0.45"),
    Node("NL-C1-A1", "松岗片区代理", K.AREA_AGENT, "NL-C1", 0.6, "南岭区"),
    Node("NL-C2", "南岭西区分销中心", K.DISTRIBUTION_CENTRE, "NL", 0.7, "青石县", "0.35"),
    Node("NL-X1", "南岭云帆专卖店", K.EXCLUSIVE_STORE, "NL", 0.9, "南岭区"),
)

PEOPLE = (
    Person("admin", "卢管平", R.ADMIN, "*"),
    Person("gm", "沈为先", R.MANAGER, "*"),
    Person("finance", "贺清账", R.FINANCE, "*"),
    Person("channel", "汪四通", R.CHANNEL_MANAGER, "*"),
    Person("dh-manager", "梁展厅", R.MANAGER, "DH"),
    Person("dh-sales1", "许一诺", R.CONSULTANT, "DH", 1.25),
    Person("dh-sales2", "韩小满", R.CONSULTANT, "DH", 1.1),
    Person("dh-sales3", "邓飞扬", R.CONSULTANT, "DH", 1.0),
    Person("dh-sales4", "曹知秋", R.CONSULTANT, "DH", 0.9),
    Person("dh-sales5", "彭新米", R.CONSULTANT, "DH", 0.7),
    Person("dh-sales6", "萧别鹤", R.CONSULTANT, "DH", 0.95, active=False),
    Person("dh-renewal1", "田守约", R.RENEWAL_SPECIALIST, "DH", 1.1),
    Person("dh-renewal2", "董明期", R.RENEWAL_SPECIALIST, "DH", 0.95),
    Person("dh-policy", "袁细心", R.POLICY_SPECIALIST, "DH"),
    Person("dh-c1-sales", "潘北辰", R.CONSULTANT, "DH-C1", 0.95),
    Person("dh-c2-sales", "蔡南星", R.CONSULTANT, "DH-C2", 0.9),
    Person("dh-r1-sales", "余西渡", R.CONSULTANT, "DH-R1", 0.85),
    Person("dh-x1-sales", "杜望城", R.CONSULTANT, "DH-X1", 1.05),
    Person("dh-c1-a1", "丁临江", R.AGENT, "DH-C1-A1"),
    Person("dh-c1-a2", "姜青石", R.AGENT, "DH-C1-A2"),
    Person("nl-manager", "范南岭", R.MANAGER, "NL"),
    Person("nl-sales1", "石开张", R.CONSULTANT, "NL", 1.15),
    Person("nl-sales2", "姚可期", R.CONSULTANT, "NL", 1.0),
    Person("nl-sales3", "谭早春", R.CONSULTANT, "NL", 0.85),
    Person("nl-c1-sales", "廖东篱", R.CONSULTANT, "NL-C1", 0.95),
    Person("nl-renewal1", "邹到期", R.RENEWAL_SPECIALIST, "NL", 1.05),
    Person("nl-renewal2", "熊回访", R.RENEWAL_SPECIALIST, "NL", 0.9),
    Person("nl-policy", "金录单", R.POLICY_SPECIALIST, "NL"),
)

MODELS = (
    Model("云帆 3", "云帆", 89800, Fuel.PETROL, 18, "1.5"),
    Model("云帆 5", "云帆", 119800, Fuel.PETROL, 24, "1.5"),
    Model("云帆 7", "云帆", 159800, Fuel.PETROL, 17, "2.0"),
    Model("云帆 7 插混", "云帆", 179800, Fuel.HYBRID, 14, "1.5"),
    Model("星槎 E5", "星槎", 139800, Fuel.ELECTRIC, 17),
    Model("星槎 E9", "星槎", 239800, Fuel.ELECTRIC, 7),
    Model("驮山 皮卡", "驮山", 109800, Fuel.DIESEL, 3, "2.4"),
)

INSURERS = {"安途财险": "ATU", "平顺财险": "PSN", "华岳财险": "HYU", "众舟财险": "ZZH"}
RIVALS = ("博远名车", "长风汽车城", "城东汇达", "金桥车行")
RIVAL_MODELS = ("海岳 L6", "青锋 X", "极昼 M5", "乘云 Pro")


def store_of(code: str) -> str:
    """The 4S store that a channel belongs to."""
    return code.split("-")[0]


def sellers(code: str) -> tuple[Person, ...]:
    """The consultants who meet a channel's customers: those of the nearest node above it that has any."""
    while True:
        found = tuple(person for person in PEOPLE if person.role is R.CONSULTANT and person.home == code)
        if found:
            return found
        code = code.rpartition("-")[0]


def staff(role: Role, store: str) -> tuple[Person, ...]:
    """The people of one role in a store."""
    return tuple(person for person in PEOPLE if person.role is role and person.home == store)
