"""The level model: the work an ad describes, read without its title, to a level with evidence.

Nothing in here knows the title but `title_level`, which only measures what a title claims.
scikit-learn is imported by what trains (`classifier`, `training`), never by what estimates.
"""
