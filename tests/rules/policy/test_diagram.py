"""Regions of a decision diagram are the sets they stand for."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from vaxel.rules.policy.diagram import ALL, EMPTY, Diagram, Region
from vaxel.rules.policy.domain import Variable

VARIABLES = (
    Variable("colour", ("red", "green", "blue", "grey")),
    Variable("size", ("s", "l")),
    Variable("n", ("0", "1", "2")),
)
POINTS = frozenset(product(range(4), range(2), range(3)))
MASKS = {0: (0b0011, 0b0101, 0b1000), 1: (0b01,), 2: (0b011, 0b110)}

Boxes = list[dict[int, int]]
boxes = st.lists(
    st.fixed_dictionaries({}, optional={place: st.sampled_from(masks) for place, masks in MASKS.items()}), max_size=3
)


def region_of(diagram: Diagram, listed: Boxes) -> Region:
    return diagram.any_of(diagram.where(box.items()) for box in listed)


def set_of(listed: Boxes) -> frozenset[tuple[int, ...]]:
    return frozenset(
        point for point in POINTS if any(all(mask >> point[place] & 1 for place, mask in box.items()) for box in listed)
    )


@settings(max_examples=150, derandomize=True, deadline=None, database=None)
@given(one=boxes, other=boxes)
def test_regions_are_joined_and_cut_as_sets_are(one: Boxes, other: Boxes) -> None:
    diagram = Diagram(VARIABLES, MASKS)
    here, there = region_of(diagram, one), region_of(diagram, other)
    counts = [diagram.count(made(here, there)) for made in (diagram.both, diagram.either, diagram.without)]
    left, right = set_of(one), set_of(other)
    assert counts == [len(left & right), len(left | right), len(left - right)]


@settings(max_examples=150, derandomize=True, deadline=None, database=None)
@given(one=boxes, other=boxes)
def test_equal_sets_are_the_same_region(one: Boxes, other: Boxes) -> None:
    diagram = Diagram(VARIABLES, MASKS)
    same = region_of(diagram, one) == region_of(diagram, other)
    assert same == (set_of(one) == set_of(other))


@settings(max_examples=150, derandomize=True, deadline=None, database=None)
@given(listed=boxes)
def test_picked_combination_lies_in_the_region(listed: Boxes) -> None:
    diagram = Diagram(VARIABLES, MASKS)
    region = region_of(diagram, listed)
    if region == EMPTY:
        return
    chosen = diagram.pick(region)
    point = diagram.where((place, diagram.classes[place].masks[index]) for place, index in chosen.items())
    assert diagram.without(point, region) == EMPTY


@settings(max_examples=150, derandomize=True, deadline=None, database=None)
@given(listed=boxes)
def test_projection_tells_the_values_that_occur(listed: Boxes) -> None:
    diagram = Diagram(VARIABLES, MASKS)
    occurring = set_of(listed)
    expected = {
        place: sum(1 << index for index in {point[place] for point in occurring})
        for place in range(3)
        if occurring and len({point[place] for point in occurring}) < len(VARIABLES[place].values)
    }
    assert diagram.project(region_of(diagram, listed)) == expected


def test_values_that_no_condition_tells_apart_share_a_class() -> None:
    diagram = Diagram(VARIABLES, {0: (0b0011,)})
    assert diagram.classes[0].masks == (0b0011, 0b1100)
    assert (diagram.count(ALL), diagram.count(diagram.where([(0, 0b0011)]))) == (24, 12)
