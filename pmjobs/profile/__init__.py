"""The reader: own level, skills, pay, wishes. Read from TOML or JSON; never leaves this machine.

The level comes from rating oneself on the eight duty dimensions, each with a line of proof; a title
is kept only to tell a step in title from a step in work. Names, photo, birth date, gender and
nationality are not read, whatever a file holds.
"""

from pmjobs.profile.read import load_profile, profile_from
from pmjobs.profile.record import (
    Basis,
    Depth,
    LargestProject,
    OwnAnchor,
    OwnCertificate,
    OwnPay,
    OwnSkill,
    Profile,
    RuledOut,
    WantedStep,
)
from pmjobs.profile.write import gaps_in, init_profile, profile_as_json, save_new

__all__ = [
    "Basis",
    "Depth",
    "LargestProject",
    "OwnAnchor",
    "OwnCertificate",
    "OwnPay",
    "OwnSkill",
    "Profile",
    "RuledOut",
    "WantedStep",
    "gaps_in",
    "init_profile",
    "load_profile",
    "profile_as_json",
    "profile_from",
    "save_new",
]
