"""Where people speak: social networks in their spellings, and places of comments such as the site itself."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_TWITTER = "twitter"
#: What X is called besides its own name: "Twitter/X", "X (formerly Twitter)", "x.com".
_OF_X = frozenset(("x", _TWITTER, "formerly", "now", "antes", "ex", "com", "app"))


@lru_cache(maxsize=1024)
def words(channel: str) -> tuple[str, ...]:
    """Return the words of a channel's name, without capitals and accents."""
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", channel).casefold())
    return tuple(re.findall(r"\w+", "".join(char for char in decomposed if not unicodedata.combining(char))))


#: Places whose contributions are comments: the site and the systems of comments that it may use.
_COMMENTS = frozenset(
    words(
        "site website web webpage blog blogs comment comments page wordpress disqus discourse github gitlab giscus "
        "utterances forum forums form survey mail email hypothesis pubpeer moodle canvas zotero "
        "sitio pagina comentario comentarios foro correo formulario encuesta komento pahina "
        "موقع الموقع مدونة المدونة تعليق تعليقات التعليقات منتدى بريد"
    )
)
#: Networks whose contributions are posts, even where somebody adds "comments" or "page".
_NETWORKS = frozenset(
    words(
        "bluesky bsky facebook instagram linkedin mastodon reddit threads twitter x youtube telegram whatsapp "
        "tiktok weibo wechat vk discord slack signal line snapchat pinterest tumblr quora doximity lemmy "
        "pixelfed peertube truth gab nostr matrix viber kakaotalk sermo figure1"
    )
)


def canonical(channel: str) -> str:
    """Return one name for a channel in all its spellings; X and Twitter are one network, X."""
    channel_words = words(channel)
    if channel_words and _OF_X.issuperset(channel_words) and not {"x", _TWITTER}.isdisjoint(channel_words):
        return "x"
    return " ".join(channel_words) or channel.strip()


def is_network(channel: str) -> bool:
    """Return whether what is said in a channel is a post on a network; else it is a comment.

    A channel that nobody knows is a network: the series' own site is known by its name.
    """
    channel_words = words(channel)
    return not _NETWORKS.isdisjoint(channel_words) or _COMMENTS.isdisjoint(channel_words)


def same_channel(first: str, second: str) -> bool:
    """Return whether two names are spellings of one channel; X and Twitter are one."""
    return canonical(first) == canonical(second)
