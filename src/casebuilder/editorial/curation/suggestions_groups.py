"""Contributions grouped by their words, with the words that made each group.

Each contribution is a list of its telling words (`suggestions_words`), weighted by TF-IDF: a word counts more the
fewer contributions have it. Ward's method joins the two nearest groups again and again. It begins with each
contribution alone and draws nothing at random, so that the same record always gives the same groups. Of 2 to 8 groups,
though never more than a third of the contributions, those are taken whose contributions are on average most like their
own group and least like the next (the silhouette of Rousseeuw, J Comput Appl Math 1987;20:53-65); of equals, fewer.
A group is shown if it has three contributions and two words that explain it. All others stay alone.

scikit-learn does both. It is in the extra `groups`; without it there are no groups.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING

from casebuilder.editorial.curation.suggestions_words import subjects

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy import float64
    from numpy.typing import NDArray

    Numbers = NDArray[float64]

MOST_GROUPS, _SHARE = 8, 3
#: Fewer contributions, or contributions with fewer telling words, are in no group.
FEWEST, _TELLING = 8, 4
#: More would take minutes: each is compared with each.
MOST = 2000
_WORDS, _NEAREST = 6, 3
#: A smaller group, or one with fewer words to explain it, is not shown.
_MEMBERS, _EXPLAINED = 3, 2
#: Digits that are compared: further ones differ from processor to processor.
_DIGITS = 8


@dataclass(frozen=True, slots=True)
class Group:
    """Contributions with words in common.

    Attributes:
        words: those that made it a group, the most telling first.
        nearest: the ids of the three contributions nearest its middle.
        members: the ids of all, in the order of the record.
    """

    words: tuple[str, ...]
    nearest: tuple[str, ...]
    members: tuple[str, ...]


def are_available() -> bool:
    """Return whether scikit-learn is installed."""
    return find_spec("sklearn") is not None


def groups(texts: Mapping[str, str]) -> tuple[Group, ...]:
    """Return texts grouped by their words, the largest group first; () if they are too few, or more than 2000.

    Args:
        texts: each by its id.

    Raises:
        ModuleNotFoundError: scikit-learn is not installed.
    """
    words, spelling = subjects(list(texts.values()))
    words_by_id = {
        name: row_label for name, row_label in zip(texts, words, strict=True) if len(set(row_label)) >= _TELLING
    }
    if not FEWEST <= len(words_by_id) <= MOST or not _have_common_word(words_by_id.values()):
        return ()
    weights, vocabulary = _tf_idf(list(words_by_id.values()))
    labels = _group_labels(weights)
    names = list(words_by_id)
    shown_groups = []
    for label in sorted(set(labels)):
        rows = [row for row, row_label in enumerate(labels) if row_label == label]
        telling = tuple(spelling[vocabulary[column]] for column in _telling_columns(weights, rows))
        if len(rows) >= _MEMBERS and len(telling) >= _EXPLAINED:
            nearest = tuple(names[row] for row in _nearest_rows(weights, rows))
            shown_groups.append(Group(telling, nearest, tuple(names[row] for row in rows)))
    return tuple(sorted(shown_groups, key=lambda group: (-len(group.members), names.index(group.members[0]))))


def _tf_idf(texts: Sequence[Sequence[str]]) -> tuple[Numbers, list[str]]:
    """Return the TF-IDF weights, a row for each text and a column for each word that two of them have."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(analyzer=list, min_df=2, sublinear_tf=True)
    weights = vectorizer.fit_transform(texts).toarray().round(_DIGITS)
    return weights, list(vectorizer.get_feature_names_out())


def _have_common_word(texts: Iterable[Sequence[str]]) -> bool:
    """Return whether two texts have a word in common."""
    counts = Counter(word for words in texts for word in set(words))
    return any(count > 1 for count in counts.values())


def _group_labels(weights: Numbers) -> list[int]:
    """Return the number of its group for each row."""
    from sklearn.cluster import AgglomerativeClustering
    from sklearn.metrics import silhouette_score

    best: tuple[float, list[int]] = (-2.0, [0] * len(weights))
    for count in range(2, min(MOST_GROUPS, len(weights) // _SHARE) + 1):
        labels = AgglomerativeClustering(count, linkage="ward").fit_predict(weights)
        score = round(float(silhouette_score(weights, labels)), _DIGITS)
        if score > best[0]:
            best = score, [int(label) for label in labels]
    return best[1]


def _telling_columns(weights: Numbers, rows: Sequence[int]) -> list[int]:
    """Return the columns of the words that tell a group from the rest: at least two of its texts have them."""
    inside = weights[rows].mean(axis=0)
    outside = (weights.sum(axis=0) - weights[rows].sum(axis=0)) / max(1, len(weights) - len(rows))
    shared = (weights[rows] > 0).sum(axis=0)
    gain = (inside - outside).round(_DIGITS)
    columns = [column for column in range(len(gain)) if shared[column] > 1 and gain[column] > 0]
    return sorted(columns, key=lambda column: (-gain[column], column))[:_WORDS]


def _nearest_rows(weights: Numbers, rows: Sequence[int]) -> list[int]:
    """Return the rows nearest the middle of a group."""
    similarities = (weights[rows] @ weights[rows].mean(axis=0)).round(_DIGITS)
    order = sorted(range(len(rows)), key=lambda index: (-similarities[index], rows[index]))
    return [rows[index] for index in order[:_NEAREST]]
