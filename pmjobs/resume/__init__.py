"""Read a person's own files into a *proposed* profile: JSON Resume, LinkedIn export, PDF, DOCX, text.

Everything found is a proposal with the line it came from; the person confirms it. Names, photo,
birth date, gender, nationality, marital status, address, e-mail and telephone are not read into
any record. No network.
"""
