"""What the people of a record are called in it, and its texts with pseudonyms in place of names and handles."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from casebuilder.editorial.discussion import authorcontacts, mailremoval, pseudonyms
from casebuilder.editorial.discussion.displaynames import display_names
from casebuilder.editorial.discussion.firstnames import TOKEN, first_names, straight
from casebuilder.editorial.discussion.mergedposts import said
from casebuilder.editorial.discussion.post import clean
from casebuilder.wording import recordwords

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from casebuilder.editorial.discussion.firstnames import FirstNames
    from casebuilder.editorial.discussion.keys import Key
    from casebuilder.editorial.discussion.newposts import Entry
    from casebuilder.editorial.discussion.participantslist import Person
    from casebuilder.editorial.discussion.post import ImportOptions
    from casebuilder.editorial.discussion.pseudonyms import Names
    from casebuilder.model import Contribution
    from casebuilder.model.case import Case
    from casebuilder.model.series import Series


#: Cases whose texts are read for words.
_MOST_READ = 24


def names_of(
    series: Series, record: Sequence[Contribution], people: Sequence[Person], key: Key, language: str
) -> Names:
    """Return the pseudonyms that people have already, from the series' records and the editors' list of people.

    The list may be another curator's, or one of before: what it calls somebody holds unless the records call somebody
    else so. And a number that is printed somewhere is nobody else's, even if that record is on another computer.
    """
    contributions = (*(item for case in series.cases for item in case.contributions), *record)
    pseudonyms_by_key = {item.author_key: item.author for item in contributions if pseudonyms.is_pseudonym(item.author)}
    used_numbers = {pseudonyms.highest((name,)) for name in pseudonyms_by_key.values()}
    for person in people:
        number = pseudonyms.highest((person.pseudonym,)) if pseudonyms.is_pseudonym(person.pseudonym) else 0
        if number and number not in used_numbers and person.author_key not in pseudonyms_by_key:
            pseudonyms_by_key[person.author_key] = person.pseudonym
            used_numbers.add(number)
    texts = (
        *(item.text for item in contributions),
        *(quote.text for case in series.cases for quote in case.quotes),
        *(prose.source for case in series.cases for prose in case.texts()),
    )
    highest = max(pseudonyms.highest(texts), *used_numbers, 0)
    names = pseudonyms.Names(pseudonyms_by_key, highest, key.author, language)
    for person in people:
        if person.name:
            names.displayed.add((person.name, person.author_key))
        if person.handle:
            names.accounts.setdefault(person.handle.removeprefix("@").casefold(), person.author_key)
    return names


def first_names_of(
    names: Names, new: Sequence[Entry], record: Sequence[Contribution], case: Case, series: Series
) -> FirstNames:
    """Return the first and family names of those who take part in this record."""
    for entry in new:
        names.learn(entry.found.post, entry.author_key)
    keys = {entry.author_key for entry in new} | {item.author_key for item in record}
    first_names_found = first_names(
        [(name, key) for name, key in names.displayed if key in keys],
        texts=[*(entry.found.post.text for entry in new), *(item.text for item in record), *_newest_texts(series)],
        others=_names_in_case(case, series),
    )
    names.first = frozenset(first_names_found.keys)
    return first_names_found


def _newest_texts(series: Series) -> list[str]:
    """Return the texts of the newest cases, which show what is a word: a few cases have most words of a language."""
    return [prose.source for case in series.cases[-_MOST_READ:] for prose in case.texts()]


def named_before(
    names: Names, new: Sequence[Entry], record: Sequence[Contribution], case: Case, series: Series
) -> Iterator[str]:
    """Yield which lines name somebody who is new to the record and was unknown when they were imported."""
    added_keys = {entry.author_key for entry in new} - {item.author_key for item in record}
    names_added = [(name, key) for name, key in names.displayed if key in added_keys]
    if not names_added or not record:
        return
    known_names, others = display_names(names_added), _names_in_case(case, series)
    first_names_added = first_names(
        names_added, texts=[*(item.text for item in record), *_newest_texts(series)], others=others
    )
    lines = [
        item.id for item in record if first_names_added.without(known_names.replaced(item.text, str), str) != item.text
    ]
    if lines:
        line_ids = ", ".join(lines)
        yield f"older lines of the record name somebody who is new in it: {line_ids}; change their words by hand"


def with_pseudonyms(
    entries: Sequence[Entry], names: Names, options: ImportOptions, contact: str, first_names_known: FirstNames
) -> list[Entry]:
    """Return the posts with what their authors are called, and texts that name nobody.

    Authors get their numbers first.
    """
    if not entries:
        return []
    for entry in entries:
        if not options.keep_names:
            names.of(entry.author_key)
    display_names_known = display_names(names.displayed) if not options.keep_names else None
    several = recordwords.several(options.words)
    result = []
    for entry in entries:
        post = entry.found.post
        without_addresses = replace(
            post, text=mailremoval.without_mail(said(post, options.words), contact, options.words)
        )
        shown_name = " ".join(clean(recordwords.rendered(post.author, options.words)).split())
        # 192.0.2.7 alone is refused where it is checked, with its line.
        is_hidden = authorcontacts.is_in(shown_name) and not shown_name.replace(".", "").isdigit()
        is_hidden |= mailremoval.without_mail(shown_name, "") != shown_name
        is_kept = options.keep_names and not is_hidden
        author = shown_name if is_kept else names.of(entry.author_key)
        text = without_addresses.text
        if display_names_known:
            text = display_names_known.replaced(pseudonyms.replace_handles(without_addresses, names), names.of, several)
            text = first_names_known.without(text, names.of, several)
        result.append(replace(entry, author=author, text=text))
    return result


def _names_in_case(case: Case, series: Series) -> set[str]:
    """Return names of others than participants: of characters, authors of works, and the people of the series."""
    names = [person.name for person in series.people]
    names += [character.name for character in case.characters]
    names += [name for work in case.works() for name in work.authors]
    texts = (case.title, case.teaser, *(work.title for work in case.works()), *(prose.source for prose in case.texts()))
    capitalised = {word for text in texts for word in TOKEN.findall(text) if word[:1].isupper()}
    return {straight(word) for name in names for word in TOKEN.findall(name)} | {straight(word) for word in capitalised}
