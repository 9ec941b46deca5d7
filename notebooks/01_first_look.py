# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # A first look: what do the titles claim, and what is the work?
#
# **Question.** Among the ads in your store, how often does the title say what the work is?
#
# **Answer.** Read it off the chart below: ads on the diagonal say what they are, ads under it claim
# more than the work shows, ads above it hide senior work under a plain title.
#
# The notebook opens the store of `make demo` unless `PMJOBS_DB` names another. Levels are
# estimates of a model trained on model-annotated labels: read the evidence before you believe one.

# %%
import os

import matplotlib.pyplot as plt

import pmjobs
from pmjobs.places import demo_db

store = os.environ.get("PMJOBS_DB", demo_db())
desk = pmjobs.open(store)
ads = desk.postings()
if not ads["level"].notna().any():
    raise SystemExit(
        f"No ad in {store} has a level yet. Run `make demo` first; for your own ads `pmjobs "
        "ingest`, then `pmjobs level`, and name that store in PMJOBS_DB."
    )
ads[["title", "employer", "title_level", "level", "title_gap", "abstained"]].head(10)

# %% [markdown]
# ## How many ads, and how many are project work?

# %%
ads.groupby("in_scope", dropna=False).agg(ads=("id", "count"), employers=("employer", "nunique"))

# %% [markdown]
# ## Title level against real level
#
# One dot an ad, with a little room between dots that share a place.

# %%
levelled = ads[ads["level"].notna() & ads["title_level"].notna()]
places = levelled.groupby(["title_level", "level"]).size().rename("ads").reset_index()

figure, axes = plt.subplots(figsize=(6, 6))
axes.plot([0.5, 7.5], [0.5, 7.5], color="0.8", zorder=0)
axes.scatter(
    places["title_level"].astype(int),
    places["level"].astype(int),
    s=places["ads"] * 60,
    alpha=0.7,
)
for row in places.itertuples():
    axes.annotate(str(row.ads), (int(row.title_level), int(row.level)), ha="center", va="center")
axes.set(
    xlabel="level the title claims",
    ylabel="level of the work described",
    xlim=(0.5, 7.5),
    ylim=(0.5, 7.5),
    title=f"{len(levelled)} ads of {levelled['employer'].nunique()} employers",
)
plt.show()

# %% [markdown]
# ## Where does a title claim most?

# %%
columns = ["id", "title", "employer", "title_level", "level", "level_low", "level_high"]
inflated = levelled.sort_values(["title_gap", "id"]).head(5)
inflated[[*columns, "title_gap"]]

# %% [markdown]
# ## One of them, with the lines that decided

# %%
desk.explain(inflated["id"].iloc[0]) if len(inflated) else "No title in it can be compared."

# %% [markdown]
# ## What does the market mean by it?
#
# Real levels behind the words, with 90 % intervals; of fewer than five ads nothing is told.

# %%
market = desk.market("senior project manager")
market

# %% [markdown]
# The same as a table, to reckon with. `market.frame("country")` parts it by country.

# %%
market.frame()

# %%
desk.close()
