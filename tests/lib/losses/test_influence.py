"""Sharing out a rate's change: the parts add up to it exactly, whatever the groups are."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from lib.losses.influence import Influence, Share, moved, moved_by_shares

shares = st.integers(0, 40).flatmap(lambda cases: st.builds(Share, st.integers(0, cases), st.just(cases)))
periods = st.dictionaries(st.sampled_from("abcdef"), shares, max_size=6)


def by_group(parts: tuple[Influence, ...]) -> dict[object, Influence]:
    return {each.group: each for each in parts}


@given(periods, periods)
def test_the_contributions_add_up_to_the_change_exactly(now: dict[str, Share], before: dict[str, Share]) -> None:
    found = moved(now, before)
    wholes = [sum(each.values(), Share()) for each in (now, before)]
    if not all(each.cases for each in wholes):
        assert found is None
        return
    assert found is not None
    change = Fraction(wholes[0].hits, wholes[0].cases) - Fraction(wholes[1].hits, wholes[1].cases)
    assert found.change == change
    assert sum(each.total for each in found.parts) == change
    assert {each.group for each in found.parts} == now.keys() | before.keys()


@given(periods, periods)
def test_swapping_the_periods_turns_every_sign_and_no_size(now: dict[str, Share], before: dict[str, Share]) -> None:
    there, back = moved(now, before), moved(before, now)
    if there is None or back is None:
        return
    mirrored = by_group(back.parts)
    for group, each in by_group(there.parts).items():
        assert (each.mix, each.rate) == (-mirrored[group].mix, -mirrored[group].rate)


@given(
    st.dictionaries(st.sampled_from("abc"), st.integers(0, 9)),
    st.dictionaries(st.sampled_from("abc"), st.integers(0, 9)),
)
def test_shares_of_the_numerator_add_up_too(now: dict[str, int], before: dict[str, int]) -> None:
    whole, earlier = (
        Share(sum(now.values()), sum(now.values()) + 5),
        Share(sum(before.values()), sum(before.values()) + 7),
    )
    found = moved_by_shares(now, before, whole, earlier)
    assert found is not None
    assert sum(each.total for each in found.parts) == found.change


def test_a_group_that_grew_with_everybody_else_and_kept_its_rate_brought_about_nothing() -> None:
    found = moved({"a": Share(2, 20), "b": Share(8, 20)}, {"a": Share(1, 10), "b": Share(2, 10)})
    assert found is not None
    assert by_group(found.parts)["a"].total == 0
    assert by_group(found.parts)["b"].total == found.change == Fraction(1, 10)


def test_a_group_of_one_period_alone_is_all_mix() -> None:
    found = moved({"a": Share(1, 10), "new": Share(9, 10)}, {"a": Share(1, 10)})
    assert found is not None
    fresh = by_group(found.parts)["new"]
    assert (fresh.rate, fresh.mix > 0) == (0, True)
    assert sum(each.total for each in found.parts) == found.change


def test_the_largest_contribution_comes_first_whatever_its_sign() -> None:
    found = moved({"a": Share(1, 10), "b": Share(6, 10)}, {"a": Share(9, 10), "b": Share(5, 10)})
    assert found is not None
    assert [each.group for each in found.parts] == ["a", "b"]


def test_nothing_is_shared_out_where_a_period_has_no_cases() -> None:
    assert moved({"a": Share(1, 2)}, {}) is None
    assert moved_by_shares({}, {"a": 1}, Share(), Share(1, 2)) is None


def test_a_shift_between_groups_of_one_rate_brought_about_nothing() -> None:
    found = moved({"a": Share(8, 16), "b": Share(2, 4)}, {"a": Share(5, 10), "b": Share(5, 10)})
    assert found is not None
    assert {each.total for each in found.parts} == {Fraction()}
