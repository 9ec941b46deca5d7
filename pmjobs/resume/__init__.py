"""Read a person's own file into a *proposed* profile.

The file is a JSON Resume, a LinkedIn data export, PDF, DOCX, Markdown or plain text. Everything
found is a proposal with the line it came from; the person confirms it. Names, photo, birth date,
gender, nationality, marital status, address, e-mail and telephone are not read into any record.
No network.
"""

from pmjobs.resume.propose import propose_profile
from pmjobs.resume.reading import read_resume
from pmjobs.resume.record import Resume

__all__ = ["Resume", "propose_profile", "read_resume"]
