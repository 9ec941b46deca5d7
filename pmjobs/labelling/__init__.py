"""Labels that people give, blind and by the rubric: what to read next, what is kept, who agrees.

A label is a row of ids, codes and offsets. It holds no word of the ad.
"""

from pmjobs.labelling.agreement import Agreement, agreement
from pmjobs.labelling.blind import BlindAd, blind
from pmjobs.labelling.check import (
    Checked,
    Finding,
    check_labels,
    rubric_reading,
    text_problem,
)
from pmjobs.labelling.choose import Choice, choose
from pmjobs.labelling.record import AdLabel, Confidence, Reports, fingerprint, rubric_version
from pmjobs.labelling.rows import append_label, label_file, read_labels, remove_label
from pmjobs.labelling.training import OwnLabels, training_labels

__all__ = [
    "AdLabel",
    "Agreement",
    "BlindAd",
    "Checked",
    "Choice",
    "Confidence",
    "Finding",
    "OwnLabels",
    "Reports",
    "agreement",
    "append_label",
    "blind",
    "check_labels",
    "choose",
    "fingerprint",
    "label_file",
    "read_labels",
    "remove_label",
    "rubric_reading",
    "rubric_version",
    "text_problem",
    "training_labels",
]
