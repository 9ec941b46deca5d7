"""stub"""

from pmjobs.resume.record import Resume


def propose_profile(resume: Resume) -> str:
    """Return the profile."""
    return ""
