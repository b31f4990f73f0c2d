"""The page of market feedback: an agent reports, a channel manager answers, others are turned away."""

import pytest

from db.engine import Database
from db.terms import FeedbackTopic
from lib import data
from lib.network.feedback import Sight, report, reports
from tests.pages.desk import labelled, opened
from tests.personas import people


def test_an_agent_reports_and_finds_it_in_the_list(sqlite_store: Database) -> None:
    who = people()
    test = opened(who.agent, "feedback")
    assert not test.exception
    assert "没有符合" in test.info[0].value
    labelled(test.text_area, "市场情况").set_value("邻店清库降价")
    labelled(test.button, "反馈").click().run()
    assert not test.exception
    assert [each.text for each in data.read(reports, Sight.of(who.agent))] == ["邻店清库降价"]


def test_a_channel_manager_answers_and_the_value_is_counted(sqlite_store: Database) -> None:
    who = people()
    key = data.write(report, who.agent, who.channels["S1-C1-A1"], FeedbackTopic.PRICE, "邻店清库降价")
    test = opened(who.channel_manager, "feedback")
    test.session_state[f"feedback-{hash((key,))}"] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    test.run()
    labelled(test.text_area, "采取措施").set_value("申请区域促销")
    labelled(test.button, "保存").click().run()
    assert not test.exception
    assert any("1 条反馈中 1 条" in each.value for each in test.caption)


@pytest.mark.parametrize("username", ["finance", "consultant", "admin"])
def test_whom_it_does_not_concern_is_told_so(sqlite_store: Database, username: str) -> None:
    test = opened(people().actors[username], "feedback")
    assert test.error
    assert not test.text_area
