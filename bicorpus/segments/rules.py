"""The kind of each piece: a chain of rules, each for the pieces that the ones before it left open.

The chain goes from what shows itself to what only the place can tell. Its order has reasons:

1. `by_markup`      an image, a heading sign, a bullet: the author said what it is
2. `by_cue`         page furniture and bylines, so that nothing below takes them for titles
3. `by_origin`      picture credits, before captions, which are found beside them
4. `caption`        pieces beside a credit or an image, and lines printed twice
5. `top`            kicker, headline and authors: what is open before the first running text
6. `interlude`      subheadings, questions, pull quotes: what is open between running text
7. `links`          what follows "Mehr zum Thema": after 5 and 6 have said what is a title
8. `keywords`       labels below the signature, when nothing else is left to end the page
9. body             the rest: losing text would be worse than translating a label
"""

from __future__ import annotations

from bicorpus.segments.interludes import interlude, keywords, links
from bicorpus.segments.marks import by_cue, by_markup, by_origin
from bicorpus.segments.places import caption, top

RULES = (by_markup, by_cue, by_origin, caption, top, interlude, links, keywords)
