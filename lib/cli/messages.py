"""messages: delivering SMS, and numbers that want none."""

import signal
import threading

import click

from lib import data, logs, settings
from lib.access import SYSTEM
from lib.messages import delivery, gateways, opt_outs
from lib.refusals import N_, Refused


@click.group()
def messages() -> None:
    """SMS: deliver the outbox, note an opt-out."""


@messages.command()
@click.option("--once", is_flag=True, help="Deliver what waits now, and end.")
def send(once: bool) -> None:
    """Hand waiting messages to the gateway that DESK_SMS_GATEWAY names, until Ctrl-C. Any number may run."""
    gateway = gateways.chosen()
    if gateway is None:
        raise Refused(N_("Messages are sent by hand here. To deliver them, set DESK_SMS_GATEWAY to http or aliyun."))
    logs.configure(settings.load().log_level)
    if once:
        print(delivery.deliver(gateway))
        return
    asked = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: asked.set())
    delivery.keep_on(gateway, asked.wait)


@messages.command("opt-out")
@click.argument("mobile")
def opt_out(mobile: str) -> None:
    """Note that a number wants no more SMS."""
    news = data.write(opt_outs.record, SYSTEM, mobile)
    print("noted" if news else "known already")
