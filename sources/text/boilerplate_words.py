"""The words that page boilerplate is made of: general patterns of news pages, none of one page alone."""

from __future__ import annotations

import re


def _any(*alternatives: str) -> str:
    return f"(?:{'|'.join(alternatives)})"


# Agencies and stocks of pictures, for credits whose end nothing else marks.
PICTURE_AGENCIES = _any(
    r"Getty(?: Images)?(?: North America| Europe)?",
    *("Shutterstock", "Pixabay", "Unsplash", "Pexels", r"i[Ss]tock(?:photo)?", "Adobe Stock"),
    *(r"Alamy(?: Stock Photo)?", "Depositphotos", "Dreamstime", "Freepik", r"Wikimedia(?: Commons)?"),
    *("Wikipedia", "Flickr", "123RF", "Bigstock", "Reuters", "REUTERS", "Associated Press", r"AP(?: Photo)?"),
    *("AFP", r"EPA(?:-EFE)?", "EFE", "DPA", "dpa", "ANSA", r"PA(?: Wire| Media)?", "Xinhua", "Bloomberg"),
    *("NASA", "Imago", "IMAGO", r"Anadolu(?: Agency)?", "NurPhoto", r"ZUMA(?: Press)?", r"Sipa(?: USA)?"),
    *("Midjourney", "DALL-?E", "Canva", r"Envato(?: Elements)?"),
)

_PICTURE = "(?:Image|Photo|Picture|Video|Photograph|Illustration)"

# Introduces the credit of a picture; "Source:" only where a picture agency or a line's end follows.
CREDIT_MARKER = _any(
    r"(?:(?:Cover|Featured|Lead|Main|Header|Hero|File) )?"
    r"(?:[Ii]mage|[Pp]hoto|[Pp]icture|[Vv]ideo|Illustration)"
    r"(?: (?:credits?|source|courtesy|illustration))?\s?:(?: ©)?",
    rf"{_PICTURE}s? (?:via|by|from|courtesy(?: of)?)(?= [A-Z@])",
    r"(?:Credits?|Photograph(?:er)?|IMAGE|PHOTO|CREDIT|SOURCE|Source) ?:",
)

_SHOUTED = (
    *(r"RELATED(?: (?:ARTICLES?|STOR(?:Y|IES)|CONTENT|READING))?", "READ (?:MORE|ALSO|NEXT|NOW)"),
    *("(?:ALSO|MUST) READ", "SEE ALSO", "DON['’]T MISS", "WATCH NOW", "MORE FROM [A-Z]+", "ICYMI"),
)

# Introduces the headline of another story. In capitals it may stand anywhere, else only at a seam.
SHOUTED_MARKER = _any(*_SHOUTED)
TEASER_MARKER = _any(
    r"Related(?: (?:Articles?|Stor(?:y|ies)|Content|Coverage|News|Links?|Reading|Posts?|Topics))?",
    r"Read (?:[Mm]ore|[Aa]lso|[Nn]ext|[Nn]ow|[Hh]ere|On)",
    *("(?:Also|Must) [Rr]ead", "See [Aa]lso", "(?:Also|More) [Ss]ee", "Don['’]t [Mm]iss", "Now [Rr]ead"),
    *("You [Mm]ay [Aa]lso [Ll]ike", "Recommended(?: [Rr]eading)?", "More [Ff]rom [A-Z]\\w+"),
    *("Further [Rr]eading", "In [Cc]ase [Yy]ou [Mm]issed [Ii]t", "Top [Ss]tor(?:y|ies)"),
    *("Trending(?: [Nn]ow)?", "Watch(?: [Nn]ow| [Mm]ore)?", "WATCH", "RECOMMENDED", "TRENDING"),
    *_SHOUTED,
)

# The heading of a section that runs on in the same line.
SECTION_LABEL = re.compile(
    r"\b"
    + _any(
        *("Why It Matters", "What Happened", "What To Know", "What To Watch", "What Else"),
        *("What(?:['’]s| Is| Comes) Next", "Price (?:Action|Watch)", "Key (?:Takeaways|Points|Facts)"),
        "(?:The )?(?:Details|Background|Context|Bottom Line|Big Picture|Backstory|Takeaway)",
        *("How It Works", "Looking (?:Ahead|Forward)", "Zoom (?:In|Out)", "Go Deeper", "Between The Lines"),
    )
    + r"\s?:",
    re.IGNORECASE,
)

# Words that open a sentence far more often than they stand capitalised inside a headline.
SENTENCE_OPENERS = (
    _any(
        *(
            "The",
            "A",
            "An",
            "In",
            "On",
            "At",
            "It",
            "He",
            "She",
            "They",
            "We",
            "This",
            "That",
            "These",
            "Those",
        ),
        *("But", "And", "As", "For", "If", "When", "While", "After", "Before", "According", "However"),
        *(
            "Meanwhile",
            "Earlier",
            "Last",
            "Since",
            "With",
            "By",
            "From",
            "There",
            "Its",
            "His",
            "Her",
            "Their",
        ),
        *("Our", "During", "Although", "Though", "Because", "Both", "Several", "Some", "Many", "Most", "Few"),
        *("Yet", "Still", "Now", "Then", "Over", "Under", "Despite", "What", "Shares", "Sources"),
    )
    + r"\b"
)
# After one of these a headline goes on.
CONNECTING_WORDS = frozenset(
    (
        *(
            "a",
            "an",
            "the",
            "of",
            "in",
            "on",
            "at",
            "to",
            "for",
            "from",
            "by",
            "with",
            "as",
            "and",
            "or",
            "but",
        ),
        *(
            "after",
            "before",
            "over",
            "under",
            "into",
            "about",
            "against",
            "amid",
            "than",
            "that",
            "if",
            "when",
        ),
        *(
            "while",
            "is",
            "are",
            "its",
            "their",
            "his",
            "her",
            "between",
            "vs",
            "says",
            "said",
            "via",
            "how",
            "why",
        ),
    )
)

_NETWORKS = _any(
    *("Facebook", "Twitter", "X", "LinkedIn", "WhatsApp", "Telegram", "Reddit", "Flipboard", "Pinterest"),
    *("Messenger", "Bluesky", "Threads", "Mastodon", "Instagram", "YouTube", "TikTok", "Google News"),
    *("Apple News", "E-?mail", "SMS", "Pocket", "Line", "Tumblr", "Hacker News"),
)
_OFFERED = _any(
    *(
        "newsletters?",
        "e-?mail (?:newsletters?|alerts?|updates|list)",
        "alerts",
        "inbox",
        "channel",
        "podcast",
    ),
    *(
        "our (?:briefing|updates)",
        "unlimited access",
        "full access",
        "to continue reading",
        "to read (?:more|on)",
    ),
)
_MADE = _any(
    "produced", "generated", "created", "written", "translated", "(?:re)?published", "edited", "drafted"
)
_MAKER = _any(
    *("AI", "artificial intelligence", "automated", "automatically", "syndicated", "wire (?:agency|service)"),
    *("agency feed", "permission", "machine", "news agency", "Creative Commons"),
)
_THIS_ARTICLE = "This (?:article|story|content|post|report|copy|piece|text)"

# Sentences that speak of the page, not of the matter. Each is matched from a sentence's beginning.
PAGE_SENTENCES = re.compile(
    _any(
        r"By (?:completing|submitting|clicking|signing|subscribing|entering|providing|continuing|registering|"
        r"using|joining|checking|opting)\b.{0,200}?"
        r"\b(?:you|I) (?:\w+ ){0,2}(?:agree|consent|accept|acknowledge|opt)\b",
        r"(?:Please )?(?:Click|Tap|Press) (?:here|(?:on )?the (?:link|button|bell|image|banner))\b",
        rf"(?:Please )?(?:Sign|Log) (?:up|in)\b.{{0,100}}\b{_OFFERED}\b",
        rf"(?:Please )?(?:Subscribe|Register) (?:now|today|here|to|for)\b.{{0,100}}\b{_OFFERED}\b",
        r"(?:Please )?(?:Enter|Confirm|Provide) your e-?mail\b",
        r"Get (?:the|our|all|more|breaking|your)\b.{0,120}\b(?:inbox|newsletters?|straight to your|app)\b",
        r"(?:Never|Don['’]t) miss (?:a|an|our|another) (?:story|beat|update|post|headline)\b",
        r"(?:Follow|Like|Join|Find|Connect with) us (?:on|at)\b",
        rf"Follow [A-Z]\w+(?: \w+)? on {_NETWORKS}\b",
        r"Join (?:our|the)\b.{0,60}\b(?:WhatsApp|Telegram|Discord|channel|newsletter)\b",
        r"Download (?:the|our)\b.{0,40}\bapp\b",
        r"(?:We|This (?:web)?site|Our (?:web)?site) uses? cookies\b",
        r"This (?:site|form|page) is protected by reCAPTCHA\b",
        r"All rights reserved\b|Copyright (?:©|\d{4})|©",
        r"(?:Disclaimer|Disclosure|DISCLAIMER|DISCLOSURE)\s?:",
        r"(?:The )?(?:views|opinions)(?: and opinions)? expressed\b.{0,120}\b(?:author|writer|own)\b",
        rf"{_THIS_ARTICLE}\b.{{0,80}}\b{_MADE}\b.{{0,80}}\b{_MAKER}\b",
        rf"{_THIS_ARTICLE} (?:was |is |has been )?(?:first |originally )+(?:appeared|published|ran)\b",
        r"(?:Story|Article|Content) continues (?:below|after)\b",
        r"(?:Scroll|Swipe) (?:down )?to (?:continue|read)\b",
        r"(?:Advertisement|ADVERTISEMENT)$|Skip (?:ad\b|advertisement|past newsletter promotion|to content)",
        r"(?:Have|Got) a (?:news )?tip\?",
        r"(?:Want|Looking for) more (?:stories|news|content|articles)\b.{0,60}\?",
        r"(?:Please )?(?:enable|turn on) JavaScript\b|Your browser does not support\b",
        r"(?:We may|[A-Z]\w+ may) earn (?:a|an)(?: affiliate)? commission\b",
        r"Market News and Data (?:brought to you|provided) by\b",
        r"(?:Our|See our|Read our) (?:Privacy (?:Policy|Notice)|Terms(?: (?:of|and) \w+)?)\b",
    )
)

# A control, a share bar's button or a rubric of the page.
_CONTROL = _any(
    rf"(?:Share|Tweet|Post|Pin|Send|Follow|Like)"
    rf"(?>(?: (?:this|it|us|article|story|post|page|the|via|on|by|to|with|friends|{_NETWORKS}))*)",
    *(r"Copy(?: (?:link|url|the link|to clipboard))?", "Link copied!?", "Copied!?"),
    *(r"Print(?>(?: (?:this|article|page|story))*)", r"E-?mail (?:this|article|story)(?: \w+)?"),
    *(
        r"Save(?>(?: (?:this|article|story|for later))*)",
        "Saved",
        r"Bookmark(?: \w+)?",
        "Gift(?>(?: (?:this|article))*)",
    ),
    *(r"Listen(?: (?:to )?(?:this )?(?:article|story))?", r"\d+ ?(?:min(?:ute)?s?)(?: read| listen)?"),
    *(r"\d+ (?:comments?|shares?|likes?|views?)", r"(?:Add|View|Leave|Post|Show) (?:a |all )?comments?"),
    r"Comments?(?: \(\d+\))?",
    r"(?:Read|Show|See|View|Load|Learn)"
    r"(?>(?: (?:more|all|less|full|the|story|article|sources|coverage|original|here))+)",
    r"(?:Related|More|Top|Latest|Trending|Popular|Recommended|Other|Similar|Today['’]s|Explore|Most)"
    r"(?>(?: (?:today['’]s|top|read|related|recent|for you|on this|more))*)"
    r" (?:stories|story|news|articles|coverage|topics|reads|headlines|posts|links)",
    *("You (?:may|might) also like", "Recommended(?: for you)?", "Trending(?: now)?"),
    *("Related", "Most (?:read|popular)", "Up next", "Read next", "Subscribe(?: now| today)?"),
    *(
        "Sign (?:in|up|out)(?: now)?",
        "Log (?:in|out)",
        "Register",
        "Advertisements?",
        "Sponsored(?: content)?",
    ),
    *("Promoted", "Ad", "Close", "Menu", "Search", "Home", "Back(?: to top)?", "Skip to (?:main )?content"),
    *("Translate", "Feedback", "Report (?:an )?(?:error|issue|typo)", "Privacy(?: policy)?"),
    *(r"Terms(?: (?:of (?:use|service)|and conditions))?", "Cookies?(?: (?:policy|settings|preferences))?"),
    *("Contact(?: us)?", "About(?: us)?", "Newsletters?", r"Loading(?:\.\.\.|…)?"),
    r"(?:Summari[sz]ed|Curated|Generated|Powered) by [\w .&'’-]{2,40}",
    r"(?:Published|Posted|Updated|Last updated|Last modified)(?: on| at|:)? [\w ,.:/()+-]{2,40}",
    *("(?:AI )?(?:Summary|Overview)", "Key (?:takeaways|points)", "Sources", "References", _NETWORKS),
)
BOILERPLATE_LINE = re.compile(rf"(?>{_CONTROL})(?>(?:[\s|·•,/&]++(?>{_CONTROL}))*)\s*[:>»→]?", re.IGNORECASE)

# Prices of shares, glued as a widget's text is when a page is read by a program, and how the widget ends.
QUOTE_ITEM = re.compile(
    r"[A-Z]{1,5}(?:[A-Z][\w.&'’-]{1,30}(?: [\w.,&'’()-]{1,30}){0,5})?"
    r"[$€£]\d[\d,]{0,10}\.\d\d[+\-−]\d{1,4}\.\d{1,2}%"
)
QUOTE_END = re.compile(
    r"[^.!?\n]{0,80}\b(?:[Dd]ata|[Qq]uotes|[Pp]rices) (?:is |are )?"
    r"(?:brought to you by|provided by|delayed by|delayed|from|via|by)\b[^.!?\n]{0,60}$"
)
