"""Every fault of bench/faults.py has the outcome it should, and costs no other board anything."""

import re

import pytest

from bench.faults import FAULTS, UNHARMED


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
async def test_a_fault_is_told_and_the_good_board_beside_it_is_read_whole(fault, tmp_path):
    outcome = await fault.suffer(tmp_path)

    assert re.fullmatch(fault.outcome, outcome.told), outcome.told
    assert outcome.others == UNHARMED
    assert outcome.connected <= {"127.0.0.1"}
