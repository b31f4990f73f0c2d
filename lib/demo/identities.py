"""Made-up customers and cars. Numbers follow the rules of real ones; mobiles keep to a block that shows it (…00…)."""

from dataclasses import dataclass
from datetime import date, datetime

from db.terms import BuyerKind, Fuel, Tier
from lib.demo.chance import Chance
from lib.demo.network import Model
from lib.identifiers import vin_check_fits

SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
GIVEN = (
    "伟芳娜敏静丽强磊军洋艳勇杰娟涛明超霞平刚英华慧建文玲桂辉兰波"
    "宁健鑫宇浩然欣怡梓涵佳琪子轩雨桐思远志诚晓燕海峰春梅国栋"
)
COMPANIES = ("禾谷", "临江", "青石", "白鹭", "远山", "瑞丰", "同舟", "北辰", "四海", "新禾")
TRADES = ("商贸有限公司", "物流有限公司", "建材有限公司", "餐饮管理有限公司", "科技有限公司")
PREFIXES = ("139", "138", "158", "187", "199", "166", "177", "191")
PLATE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
FIRST_SERIAL = 100_000
MOST = 40_000  # people and cars
TIERS = {Tier.A: 16, Tier.B: 50, Tier.C: 34}


@dataclass(frozen=True)
class Owner:
    """A buyer: the same person in the lead and on the policies."""

    name: str
    mobile: str | None
    kind: BuyerKind
    tier: Tier
    consent_at: datetime | None


@dataclass(frozen=True)
class Car:
    """A car that was delivered, to be insured."""

    vin: str
    plate: str
    model: Model
    owner: Owner
    channel: str
    bought_at: datetime

    @property
    def bought_on(self) -> date:
        return self.bought_at.date()


class Registry:
    """Hands out people and cars, no mobile, plate or VIN twice."""

    def __init__(self, chance: Chance, serial: int = FIRST_SERIAL) -> None:
        self.chance = chance
        self._mobiles = iter(chance.random.sample(range(1_000_000), MOST))
        self._plates = iter(chance.random.sample(range(100_000), MOST))
        self._serial = serial

    def owner(self, met_at: datetime, with_mobile: bool = True) -> Owner:
        kind = self.chance.weighted({BuyerKind.PERSON: 92, BuyerKind.COMPANY: 7, BuyerKind.DEALER: 1})
        mobile = self.mobile() if with_mobile else None
        consent = met_at if mobile and self.chance.happens(0.86) else None
        return Owner(self.name(kind), mobile, kind, self.chance.weighted(TIERS), consent)

    def name(self, kind: BuyerKind) -> str:
        if kind is not BuyerKind.PERSON:
            return self.chance.one(COMPANIES) + self.chance.one(TRADES)
        given = self.chance.one(GIVEN) + (self.chance.one(GIVEN) if self.chance.happens(0.72) else "")
        return self.chance.one(SURNAMES) + given

    def mobile(self) -> str:
        return f"{self.chance.one(PREFIXES)}00{next(self._mobiles):06d}"

    def plate(self, model: Model) -> str:
        """A plate of the kind that the model's fuel gets."""
        number = next(self._plates)
        if model.fuel in (Fuel.ELECTRIC, Fuel.HYBRID):
            return f"云A{'D' if model.fuel is Fuel.ELECTRIC else 'F'}{number:05d}"
        return f"云A{PLATE_LETTERS[number % len(PLATE_LETTERS)]}{number // len(PLATE_LETTERS):04d}"

    def vin(self, model: Model, made: date) -> str:
        """A VIN of a maker that does not exist, with its check digit."""
        self._serial += 1
        year = "ABCDEFGHJKLMNPRSTVWXY123456789"[(made.year - 2010) % 30]
        body = {Fuel.PETROL: "P", Fuel.DIESEL: "D", Fuel.ELECTRIC: "E", Fuel.HYBRID: "H"}[model.fuel]
        pattern = f"LX9YF{body}{model.price // 10000 % 10}A?{year}A{self._serial:06d}"
        return next(code for check in "0123456789X" if vin_check_fits(code := pattern.replace("?", check)))

    def car(self, owner: Owner, model: Model, channel: str, bought_at: datetime) -> Car:
        return Car(self.vin(model, bought_at.date()), self.plate(model), model, owner, channel, bought_at)
